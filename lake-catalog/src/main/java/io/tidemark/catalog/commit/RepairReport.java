package io.tidemark.catalog.commit;

import io.tidemark.catalog.window.Window;
import java.util.List;

/**
 * What a repair found and did.
 *
 * @param historyRewritten whether commits that the state knew of are no longer part of main
 * @param reopened ranges that were closed and, after the rewrite, are not any more
 * @param attention what wants a seal or reseal now
 */
public record RepairReport(
    boolean historyRewritten, List<Window> reopened, List<Attention> attention) {}
