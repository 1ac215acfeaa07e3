package io.tidemark.batch.internal.jdbc;

import java.util.Calendar;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;

/**
 * Hands out the bytes of a whole row as the wire brought them, where the driver's own codecs make
 * an object of every value. It is asked for the first column of a row, which must not be null.
 *
 * <p>Public for the driver, which finds it as a service.
 */
public final class MariaDbRowCodec implements Codec<RowPacket> {

  @Override
  public String className() {
    return RowPacket.class.getName();
  }

  @Override
  public boolean canDecode(ColumnDecoder column, Class<?> type) {
    return type == RowPacket.class;
  }

  @Override
  public RowPacket decodeText(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      Calendar calendar,
      Context context) {
    return new RowPacket(buffer.buf());
  }

  @Override
  public RowPacket decodeBinary(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      Calendar calendar,
      Context context) {
    throw new UnsupportedOperationException("Cannot read a row of the binary protocol");
  }

  @Override
  public boolean canEncode(Object value) {
    return false;
  }

  @Override
  public void encodeText(
      Writer encoder, Context context, Object value, Calendar calendar, Long length) {
    throw readOnly();
  }

  @Override
  public void encodeBinary(
      Writer encoder, Context context, Object value, Calendar calendar, Long length) {
    throw readOnly();
  }

  @Override
  public int getApproximateTextProtocolLength(Object value, Long length) {
    return -1;
  }

  @Override
  public int getBinaryEncodeType() {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("Cannot write a row");
  }
}
