package io.tidemark.stream.internal;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializerTypeSerializerProxy;

/** The type of a stream of {@linkplain Piece pieces}, which are immutable and never state. */
public final class PieceType extends TypeInformation<Piece> {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Piece> getTypeClass() {
    return Piece.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Piece> createSerializer(SerializerConfig config) {
    return new PieceTypeSerializer();
  }

  @Override
  public String toString() {
    return "PieceType";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PieceType;
  }

  @Override
  public int hashCode() {
    return PieceType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PieceType;
  }

  private static final class PieceTypeSerializer
      extends SimpleVersionedSerializerTypeSerializerProxy<Piece> {

    private static final long serialVersionUID = 1L;

    PieceTypeSerializer() {
      super(JavaSerializer::new);
    }

    @Override
    public Piece copy(Piece from) {
      return from;
    }

    @Override
    public Piece copy(Piece from, Piece reuse) {
      return from;
    }

    @Override
    public TypeSerializer<Piece> duplicate() {
      return new PieceTypeSerializer();
    }
  }
}
