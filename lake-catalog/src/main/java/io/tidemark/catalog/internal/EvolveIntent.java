package io.tidemark.catalog.internal;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.Measure;
import io.tidemark.catalog.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;

/** Adds measures to a table: columns, an empty snapshot and the contract in one commit. */
final class EvolveIntent implements CommitIntent<Boolean> {

  private final String commitId = UUID.randomUUID().toString();
  private final TableContract asked;

  EvolveIntent(TableContract asked) {
    this.asked = asked;
  }

  @Override
  public String commitId() {
    return commitId;
  }

  @Override
  public Step<Boolean> plan(Base base) {
    TableContract contract = base.contract();
    ContractDiff diff = ContractDiff.of(contract, asked);
    if (!diff.others().isEmpty()) {
      throw TableCreation.differs(base.name(), String.join("; ", diff.others()));
    }
    if (diff.added().isEmpty()) {
      return new Step.Done<>(false);
    }
    AttentionList attention =
        new AttentionList(base.state().attention()).add(new ForeignWrites(base).attention());
    Schema[] evolved = new Schema[1];
    return new Step.Commit<>(
        tx -> update(tx, base, diff.added(), evolved),
        Map.of(Keys.WRITER, Writer.EVOLUTION.toString()),
        snapshot ->
            Map.of(
                Keys.CONTRACT,
                ContractJson.encode(with(contract, diff.added()), evolved[0]),
                Keys.ATTENTION,
                StateCodec.encode(attention.entries())),
        snapshot -> true);
  }

  private static SnapshotUpdate<?> update(
      Transaction tx, Base base, List<Measure> added, Schema[] evolved) {
    UpdateSchema schema = tx.updateSchema();
    for (Measure measure : added) {
      if (base.schema().findField(measure.name()) != null) {
        throw new InvalidRequestException(
            "Cannot add measure %s to %s: the table has such a column outside its contract"
                .formatted(measure.name(), base.name()));
      }
      schema.addColumn(measure.name(), measure.type());
    }
    schema.commit();
    evolved[0] = tx.table().schema();
    AppendFiles empty = tx.newFastAppend();
    return empty;
  }

  private static TableContract with(TableContract contract, List<Measure> added) {
    List<Measure> measures = new ArrayList<>(contract.measures());
    measures.addAll(added);
    return new TableContract(
        contract.period(),
        contract.window(),
        contract.keys(),
        measures,
        contract.layout(),
        contract.buckets(),
        contract.bucketKey(),
        contract.late(),
        contract.coveredBy(),
        contract.businessDate(),
        contract.openHorizon(),
        contract.allowedSkew());
  }

  @Override
  public Boolean landed(Snapshot snapshot) {
    return true;
  }
}
