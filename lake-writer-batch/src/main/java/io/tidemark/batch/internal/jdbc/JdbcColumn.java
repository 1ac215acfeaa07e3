package io.tidemark.batch.internal.jdbc;

import io.tidemark.batch.internal.source.SourceColumn;
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
    implements SourceColumn {}
