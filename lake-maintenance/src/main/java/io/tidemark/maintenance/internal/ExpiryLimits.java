package io.tidemark.maintenance.internal;

import java.time.Duration;

/**
 * What an expiry was asked for.
 *
 * @param age snapshots older than this expire
 * @param retainLast how many of the newest stay whatever their age
 * @param retainAtMost how many of the newest may stay even if they are younger
 * @param flight how long a commit of any writer may take
 */
public record ExpiryLimits(Duration age, int retainLast, int retainAtMost, Duration flight) {}
