package io.tidemark.catalog.commit;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a table's loads ask of their source. A position holds for the terms it was reached under.
 *
 * @param mode what becomes of the rows there are
 * @param source where the rows come from, for people, e.g. {@code shop-db public.orders}
 * @param where a condition on the source's rows in its SQL, or null for all of them
 * @param column the source's column that is the cursor; null for the order of its transactions
 * @param key the table's columns that tell rows apart; empty where rows are only added
 * @param forms what the values of the cursor are, and from what types and by what rules the texts
 *     of the key come, for people; empty where an earlier version did not say
 */
public record LoadTerms(
    Load.Mode mode,
    String source,
    @Nullable String where,
    @Nullable String column,
    List<String> key,
    List<String> forms)
    implements Serializable {

  public LoadTerms {
    key = List.copyOf(key);
    forms = List.copyOf(forms);
  }

  /** Names the cursor, for people. */
  public String cursor() {
    return column == null ? "transaction" : column;
  }

  /** Tells how other terms differ from these, for people; empty where they are the same. */
  public String differences(LoadTerms now) {
    StringJoiner found = new StringJoiner(", ");
    compare(found, "mode", mode, now.mode);
    compare(found, "source", source, now.source);
    compare(found, "where", where, now.where);
    compare(found, "cursor", cursor(), now.cursor());
    compare(found, "key", key, now.key);
    if (!forms.isEmpty() && found.length() == 0) {
      compare(found, "what it reads", forms, now.forms);
    }
    return found.toString();
  }

  private static void compare(StringJoiner found, String what, Object before, Object now) {
    if (!Objects.equals(before, now)) {
      found.add("%s was %s and is %s".formatted(what, shown(before), shown(now)));
    }
  }

  private static String shown(Object value) {
    return value == null ? "none" : value.toString();
  }
}
