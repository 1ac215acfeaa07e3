package io.tidemark.batch.internal.jdbc;

import io.tidemark.catalog.InvalidRequestException;
import io.tidemark.catalog.manifest.Source;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC drivers of the class path. A driver manager would know those of the first class loader
 * only that asked it. One that cannot be loaded, as it lacks a library or is made for a later Java,
 * does not stand in the way of others.
 */
final class Drivers {

  private final Iterator<Driver> drivers =
      ServiceLoader.load(Driver.class, Drivers.class.getClassLoader()).iterator();

  private @Nullable Throwable broken;

  private Drivers() {}

  /**
   * Connects by the first driver that takes a URL.
   *
   * @throws InvalidRequestException if none does
   */
  static Connection connect(Source.Jdbc source, String url, Properties properties)
      throws SQLException {
    Drivers drivers = new Drivers();
    for (Driver driver = drivers.next(); driver != null; driver = drivers.next()) {
      Connection connection = driver.acceptsURL(url) ? driver.connect(url, properties) : null;
      if (connection != null) {
        return connection;
      }
    }
    throw drivers.none(source);
  }

  private @Nullable Driver next() {
    while (true) {
      try {
        return drivers.hasNext() ? drivers.next() : null;
      } catch (ServiceConfigurationError | LinkageError e) {
        broken = e;
      }
    }
  }

  private InvalidRequestException none(Source.Jdbc source) {
    String message =
        "Cannot connect to %s: no driver of the class path takes its url. Put its JDBC driver on the class path, beside the job jar"
            .formatted(source);
    return broken == null
        ? new InvalidRequestException(message)
        : new InvalidRequestException(
            message + "; one that is there cannot be loaded: " + broken, broken);
  }
}
