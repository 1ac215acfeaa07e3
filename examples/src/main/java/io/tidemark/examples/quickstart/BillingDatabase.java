package io.tidemark.examples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The billing tables: what was delivered, what was refunded, and {@code billing.settled}, which is
 * the one less the other.
 */
final class BillingDatabase {

  private static final String SCHEMA =
      """
      CREATE SCHEMA billing;
      CREATE TABLE billing.delivery (
        occurred_at timestamptz NOT NULL, campaign_id bigint NOT NULL, placement text NOT NULL,
        click boolean NOT NULL, price numeric(18,2) NOT NULL);
      CREATE TABLE billing.refund (
        occurred_at timestamptz NOT NULL, campaign_id bigint NOT NULL, placement text NOT NULL,
        price numeric(18,2) NOT NULL);
      CREATE VIEW billing.settled AS
        SELECT date_trunc('hour', occurred_at, 'Asia/Seoul') AS hour, campaign_id, placement,
          sum(impressions)::bigint AS impressions, sum(clicks)::bigint AS clicks,
          sum(cost)::numeric(18,2) AS cost
        FROM (
          SELECT occurred_at, campaign_id, placement,
            CASE WHEN click THEN 0 ELSE 1 END AS impressions,
            CASE WHEN click THEN 1 ELSE 0 END AS clicks, price AS cost
          FROM billing.delivery
          UNION ALL
          SELECT occurred_at, campaign_id, placement, 0, -1, -price FROM billing.refund) AS entry
        GROUP BY 1, 2, 3;
      """;

  private final Connection connection;

  private BillingDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Creates the tables through a connection that the caller closes, for a role to read. */
  static BillingDatabase create(Connection connection, String reader) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(SCHEMA);
      statement.execute("GRANT USAGE ON SCHEMA billing TO " + reader);
      statement.execute("GRANT SELECT ON billing.settled TO " + reader);
    }
    return new BillingDatabase(connection);
  }

  void deliver(List<AdEvent> events) throws SQLException {
    insert("INSERT INTO billing.delivery VALUES (?, ?, ?, ?, ?)", events, true);
  }

  void refund(List<AdEvent> clicks) throws SQLException {
    insert("INSERT INTO billing.refund VALUES (?, ?, ?, ?)", clicks, false);
  }

  /** Returns the settled figures of some days, and how many rows they have. */
  Map<LocalDate, Settled> settled(List<LocalDate> days) throws SQLException {
    Map<LocalDate, Settled> settled = new TreeMap<>();
    String sql =
        """
        SELECT count(*), sum(impressions), sum(clicks), sum(cost)
        FROM billing.settled WHERE hour >= ? AND hour < ?""";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (LocalDate day : days) {
        statement.setObject(1, StoryDays.startOf(day).atOffset(ZoneOffset.UTC));
        statement.setObject(2, StoryDays.startOf(day.plusDays(1)).atOffset(ZoneOffset.UTC));
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          Figures figures = new Figures(row.getLong(2), row.getLong(3), row.getBigDecimal(4));
          settled.put(day, new Settled(row.getLong(1), figures));
        }
      }
    }
    return settled;
  }

  private void insert(String sql, List<AdEvent> events, boolean deliveries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (AdEvent event : events) {
        statement.setObject(1, event.occurredAt().atOffset(ZoneOffset.UTC));
        statement.setLong(2, event.campaignId());
        statement.setString(3, event.placement());
        if (deliveries) {
          statement.setBoolean(4, event.click());
        }
        statement.setBigDecimal(deliveries ? 5 : 4, event.price());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * What billing says of a day.
   *
   * @param rows the rows of the settlement
   * @param figures their sums
   */
  record Settled(long rows, Figures figures) {}
}
