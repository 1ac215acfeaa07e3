package io.tidemark.batch.internal.postgres;

import io.tidemark.batch.internal.postgres.PostgresType.Kind;
import io.tidemark.batch.internal.source.FieldDecoder;
import java.util.function.UnaryOperator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Which Iceberg type a PostgreSQL type becomes. Every type becomes one: what has no counterpart is
 * a string, in the database's own text. The page {@code TYPES.md} of this module is this table.
 */
final class TypeTable {

  private static final int MAX_PRECISION = 38;
  private static final DecimalType MONEY = DecimalType.of(19, 2);

  private final UnaryOperator<FieldDecoder> elements;

  /**
   * Creates a table.
   *
   * @param elements decorates the decoders of the elements of arrays
   */
  TypeTable(UnaryOperator<FieldDecoder> elements) {
    this.elements = elements;
  }

  TypeMapping of(PostgresType type) {
    if (type.kind() == Kind.ARRAY && type.element() != null) {
      return list(element(type.element()));
    }
    if (type.kind() == Kind.ENUM) {
      return text();
    }
    return type.kind() == Kind.BASE && type.isBuiltIn() ? builtIn(type) : castToText();
  }

  /** An array may hold arrays, where a domain is made of them; a list holds their texts. */
  private TypeMapping element(PostgresType type) {
    return type.kind() == Kind.ARRAY ? castToText() : of(type);
  }

  private TypeMapping builtIn(PostgresType type) {
    return switch (type.name()) {
      case "bool" -> as(Types.BooleanType.get(), ScalarDecoders::bool);
      case "int2" -> as(Types.IntegerType.get(), ScalarDecoders::int2);
      case "int4" -> as(Types.IntegerType.get(), ScalarDecoders::int4);
      case "int8" -> as(Types.LongType.get(), ScalarDecoders::int8);
      case "oid" -> as(Types.LongType.get(), ScalarDecoders::oid);
      case "float4" -> as(Types.FloatType.get(), ScalarDecoders::float4);
      case "float8" -> as(Types.DoubleType.get(), ScalarDecoders::float8);
      case "numeric" -> numeric(type);
      case "money" -> new TypeMapping(MONEY, "numeric", DecimalDecoder.of(MONEY));
      case "text", "varchar", "bpchar", "name", "json" -> text();
      case "jsonb" -> as(Types.StringType.get(), ScalarDecoders::jsonb);
      case "date" -> as(Types.DateType.get(), TimeDecoders::date);
      case "time" -> as(Types.TimeType.get(), TimeDecoders::time);
      case "timestamp" -> as(Types.TimestampType.withoutZone(), TimeDecoders::timestamp);
      case "timestamptz" -> as(Types.TimestampType.withZone(), TimeDecoders::timestamp);
      case "uuid" -> as(Types.UUIDType.get(), ScalarDecoders::uuid);
      case "bytea" -> as(Types.BinaryType.get(), ScalarDecoders::bytes);
      default -> castToText();
    };
  }

  private static TypeMapping numeric(PostgresType type) {
    DecimalType decimal = type.modifier() < 0 ? null : declared(type);
    return decimal == null ? castToText() : as(decimal, DecimalDecoder.of(decimal));
  }

  /** A scale may be negative, or above the precision, neither of which Iceberg knows. */
  private static @Nullable DecimalType declared(PostgresType type) {
    int scale = Math.max(type.scale(), 0);
    int precision = Math.max(type.precision() - Math.min(type.scale(), 0), scale);
    return precision <= MAX_PRECISION ? DecimalType.of(precision, scale) : null;
  }

  private TypeMapping list(TypeMapping element) {
    return new TypeMapping(
        Types.ListType.ofOptional(0, element.type()),
        element.cast().isEmpty() ? "" : element.cast() + "[]",
        new ListDecoder(elements.apply(element.decoder())));
  }

  private static TypeMapping text() {
    return as(Types.StringType.get(), ScalarDecoders::bytes);
  }

  private static TypeMapping castToText() {
    return new TypeMapping(Types.StringType.get(), "text", ScalarDecoders::bytes);
  }

  private static TypeMapping as(Type type, FieldDecoder decoder) {
    return new TypeMapping(type, "", decoder);
  }
}
