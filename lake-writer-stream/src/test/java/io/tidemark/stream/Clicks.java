package io.tidemark.stream;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Contributions to the table of {@link Lake}. */
final class Clicks {

  static final RowType TYPE =
      RowType.of(
          new LogicalType[] {
            new LocalZonedTimestampType(6),
            new BigIntType(),
            new BigIntType(),
            new DecimalType(18, 2)
          },
          new String[] {"hour", "campaign_id", "clicks", "cost"});

  static final InternalTypeInfo<RowData> TYPE_INFO = InternalTypeInfo.of(TYPE);

  private Clicks() {}

  /** Some clicks of a campaign, at one unit of cost each. */
  static RowData of(String hour, Long campaign, long clicks) {
    return GenericRowData.of(
        hour == null ? null : TimestampData.fromInstant(Instant.parse(hour)),
        campaign,
        clicks,
        DecimalData.fromBigDecimal(BigDecimal.valueOf(clicks).setScale(2), 18, 2));
  }
}
