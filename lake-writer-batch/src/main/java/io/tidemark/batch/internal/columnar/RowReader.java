package io.tidemark.batch.internal.columnar;

/** The current row of a source, read column by column straight into vectors. */
public interface RowReader {

  /**
   * Appends the current row's value of a column, exactly one, or a null. The columns of a row may
   * be read in any order; one may be read more than once.
   *
   * @param column the position of the column in the table's schema, from 0
   */
  void read(int column, ColumnVector into);

  /** Returns about how many bytes the current row has; 0 where nobody knows before it is read. */
  default int bytes() {
    return 0;
  }
}
