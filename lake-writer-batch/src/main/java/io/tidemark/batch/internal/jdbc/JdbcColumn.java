package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceColumn;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.types.Type;

/**
 * A column of a table.
 *
 * @param name the name as it is, unquoted
 * @param expression the SQL expression by which its values are read
 * @param type what they become
 * @param typeName the type in the database
 * @param readable whether the session's user may read it
 */
record JdbcColumn(String name, String expression, Type type, String typeName, boolean readable)
    implements SourceColumn {

  private static final Map<String, Long> GREATEST =
      Map.of(
          "tinyint", 127L,
          "tinyint unsigned", 255L,
          "smallint", 32_767L,
          "smallint unsigned", 65_535L,
          "mediumint", 8_388_607L,
          "mediumint unsigned", 16_777_215L,
          "int unsigned", 4_294_967_295L);

  @Override
  public OptionalLong greatest() {
    String bare =
        typeName.toLowerCase(Locale.ROOT).replaceAll("\\(\\d+\\)", "").replace(" zerofill", "");
    Long greatest = GREATEST.get(bare);
    return greatest == null ? OptionalLong.empty() : OptionalLong.of(greatest);
  }
}
