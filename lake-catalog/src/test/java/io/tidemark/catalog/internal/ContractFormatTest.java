package io.tidemark.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.contract.Grain;
import io.tidemark.catalog.contract.LatePolicy;
import io.tidemark.catalog.contract.Merge;
import io.tidemark.catalog.contract.OpenLayout;
import io.tidemark.catalog.contract.TableContract;
import io.tidemark.catalog.contract.TableLayout;
import io.tidemark.catalog.window.WindowUnit;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** The contract property of FORMAT.md, to the letter. */
class ContractFormatTest {

  @Test
  void contract() {
    TableContract contract = daily();
    Schema schema = TableLayout.schema(contract);
    String golden = Golden.read("contract.json");
    assertThat(ContractJson.encode(contract, schema)).isEqualTo(golden);
    assertThat(ContractJson.decode(golden, schema)).isEqualTo(contract);
  }

  @Test
  void contractWithEveryOption() {
    TableContract contract =
        TableContract.builder()
            .period("minute", Grain.MINUTE, Types.TimestampType.withoutZone())
            .window(WindowUnit.HOUR, ZoneId.of("UTC"), LocalDate.of(2024, 1, 1))
            .key("sku", Types.StringType.get())
            .measure("price", Types.DoubleType.get(), new Merge.Last("seen_at"))
            .measure("seen_at", Types.TimestampType.withZone(), new Merge.Max())
            .measure("least", Types.DoubleType.get(), new Merge.Min())
            .layout(OpenLayout.EVENTS)
            .cells(8, "sku")
            .late(LatePolicy.DROP)
            .coveredBy("seen_at")
            .openHorizon(Duration.ofDays(7))
            .allowedSkew(Duration.ofHours(1))
            .build();
    Schema schema = TableLayout.schema(contract);
    String golden = Golden.read("contract-every-option.json");
    assertThat(ContractJson.encode(contract, schema)).isEqualTo(golden);
    assertThat(ContractJson.decode(golden, schema)).isEqualTo(contract);
  }

  @Test
  void aRenamedColumnKeepsItsPlaceInTheContract() {
    // Given
    List<Types.NestedField> fields = new ArrayList<>(TableLayout.schema(daily()).columns());
    fields.set(4, Types.NestedField.optional(5, "spend", Types.DecimalType.of(18, 2)));
    // When
    TableContract decoded = ContractJson.decode(Golden.read("contract.json"), new Schema(fields));
    // Then
    assertThat(decoded.measure("spend")).isPresent();
    assertThat(decoded.measure("cost")).isEmpty();
  }

  @Test
  void aDroppedColumnIsRefused() {
    List<Types.NestedField> fields = new ArrayList<>(TableLayout.schema(daily()).columns());
    fields.remove(4);
    assertThatThrownBy(() -> ContractJson.decode(Golden.read("contract.json"), new Schema(fields)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Cannot read the contract: column 5 was dropped from the table");
  }

  @Test
  void aMergeFunctionOfALaterVersionIsRefused() {
    String later = Golden.read("contract.json").replace("\"sum\"", "\"sketch\"");
    assertThatThrownBy(() -> ContractJson.decode(later, TableLayout.schema(daily())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("unknown merge function 'sketch'");
  }

  private static TableContract daily() {
    return TableContract.builder()
        .period("hour", Grain.HOUR)
        .window(WindowUnit.DAY, ZoneId.of("Asia/Seoul"), LocalDate.of(2024, 1, 1))
        .key("campaign_id", Types.LongType.get())
        .key("placement", Types.StringType.get())
        .measure("clicks", Types.LongType.get(), new Merge.Sum())
        .measure("cost", Types.DecimalType.of(18, 2), new Merge.Sum())
        .build();
  }
}
