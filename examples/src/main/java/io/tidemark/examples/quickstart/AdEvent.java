package io.tidemark.examples.quickstart;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An impression or a click.
 *
 * @param occurredAt when it happened, to the millisecond
 * @param click whether it is a click
 * @param campaignId the campaign
 * @param placement where the ad was shown
 * @param price what it costs
 */
record AdEvent(
    Instant occurredAt, boolean click, long campaignId, String placement, BigDecimal price) {

  LocalDate day() {
    return StoryDays.dayOf(occurredAt);
  }

  Figures figures() {
    return new Figures(click ? 0 : 1, click ? 1 : 0, price);
  }

  String json() {
    return """
        {"occurred_at":"%s","type":"%s","campaign_id":%d,"placement":"%s","price":%s}"""
        .formatted(occurredAt, click ? "click" : "impression", campaignId, placement, price);
  }
}
