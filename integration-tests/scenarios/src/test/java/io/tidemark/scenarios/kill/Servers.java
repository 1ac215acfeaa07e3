package io.tidemark.scenarios.kill;

import io.tidemark.fixtures.EmbeddedKafka;
import io.tidemark.scenarios.CatalogServers;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Everything that streams and seals need, on this machine, started once for all tests. */
final class Servers implements AutoCloseable {

  private final CatalogServers catalogs = new CatalogServers();
  private final EmbeddedKafka kafka;

  Servers() {
    catalogs.postgres().createDatabase("billing");
    kafka = EmbeddedKafka.startSecured(catalogs.directory().resolve("kafka"));
  }

  /** Returns the catalogs, and the server whose database {@code billing} has the settled rows. */
  CatalogServers catalogs() {
    return catalogs;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  @Override
  public void close() {
    kafka.close();
    catalogs.close();
  }

  /** Gives the servers to tests that ask for them, and stops them after the last. */
  static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Servers resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Shared.class))
          .computeIfAbsent(Servers.class);
    }
  }
}
