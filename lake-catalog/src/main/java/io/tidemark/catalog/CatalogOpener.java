package io.tidemark.catalog;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.rest.RESTCatalog;

/** Opens one catalog, with its secrets resolved. */
final class CatalogOpener {

  private static final Set<String> NO_SUCH_DATABASE = Set.of("3D000");
  private static final Map<String, String> REST_DEFAULTS =
      Map.of(
          "rest.client.connection-timeout-ms", "10000",
          "rest.client.socket-timeout-ms", "120000");
  private static final String S3_FILE_IO = "org.apache.iceberg.aws.s3.S3FileIO";

  private final String name;
  private final Map<String, String> said;
  private final Map<String, String> properties;

  CatalogOpener(CatalogReference reference) {
    this.name = reference.name();
    this.said = reference.properties();
    this.properties = new HashMap<>(Secrets.resolve(said));
  }

  Catalog open() {
    String type = required("type");
    return switch (type) {
      case "jdbc" -> openJdbc();
      case "rest" -> openRest();
      default -> throw invalid("type '%s' is not supported; expected jdbc or rest".formatted(type));
    };
  }

  private Catalog openJdbc() {
    String uri = uri();
    CatalogDatabase database =
        CatalogDatabase.of(uri)
            .orElseThrow(() -> invalid("uri must be jdbc:postgresql://... or jdbc:sqlite:/..."));
    String warehouse = warehouse();
    database.loadDriver();
    rename("user", "jdbc.user");
    rename("password", "jdbc.password");
    properties.put("jdbc.schema-version", "V1");
    properties.putIfAbsent(CatalogProperties.FILE_IO_IMPL, fileIo(warehouse));
    database.defaults().forEach(properties::putIfAbsent);
    JdbcCatalog catalog = new JdbcCatalog(null, p -> new SingleAttemptPool(uri, p), true);
    catalog.setConf(new Configuration());
    return initialized(catalog);
  }

  private Catalog openRest() {
    String uri = uri();
    if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
      throw invalid("uri must be http://... or https://...");
    }
    String warehouse = properties.getOrDefault(CatalogProperties.WAREHOUSE_LOCATION, "");
    if (isS3(warehouse)) {
      properties.putIfAbsent(CatalogProperties.FILE_IO_IMPL, S3_FILE_IO);
    }
    REST_DEFAULTS.forEach(properties::putIfAbsent);
    RESTCatalog catalog = new RESTCatalog();
    catalog.setConf(new Configuration());
    return initialized(catalog);
  }

  private Catalog initialized(Catalog catalog) {
    properties.remove(CatalogUtil.ICEBERG_CATALOG_TYPE);
    try {
      catalog.initialize(name, properties);
      return catalog;
    } catch (UncheckedSQLException e) {
      throw explain(e);
    } catch (NotAuthorizedException | ForbiddenException e) {
      throw refusedCredentials();
    } catch (BadRequestException | IllegalArgumentException e) {
      throw new InvalidRequestException(prefix() + e.getMessage(), e);
    } catch (RESTException e) {
      throw unreachable(e);
    }
  }

  /** Drivers put the user's name into their refusal, so that it is not passed on. */
  private LakeException explain(UncheckedSQLException e) {
    String state = e.getCause() instanceof SQLException sql ? sql.getSQLState() : null;
    if (state != null && state.startsWith("28")) {
      return refusedCredentials();
    }
    if (state != null && NO_SUCH_DATABASE.contains(state)) {
      return invalid("there is no such database at " + properties.get(CatalogProperties.URI));
    }
    return unreachable(e);
  }

  private LakeException unreachable(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new UnavailableException(
        prefix()
            + "%s cannot be reached: %s"
                .formatted(properties.get(CatalogProperties.URI), cause.getMessage()),
        e);
  }

  private LakeException refusedCredentials() {
    return invalid("%s refuses the credentials".formatted(properties.get(CatalogProperties.URI)));
  }

  private String uri() {
    String uri = required(CatalogProperties.URI);
    if (Secrets.holdsCredentials(said.get(CatalogProperties.URI))) {
      throw invalid(
          "uri holds credentials; name them in keys of their own (user, password; others of the driver as jdbc.<name>)");
    }
    return uri;
  }

  /** Returns the warehouse; where it is relative, tables would depend on the directory of a job. */
  private String warehouse() {
    String warehouse = required(CatalogProperties.WAREHOUSE_LOCATION);
    if (!warehouse.startsWith("/") && !warehouse.matches("[a-z0-9]+:/.*")) {
      throw invalid("warehouse must be an absolute path or a URI: " + warehouse);
    }
    return warehouse;
  }

  private String required(String key) {
    String value = properties.get(key);
    if (value == null || value.isBlank()) {
      throw invalid("property '%s' is missing".formatted(key));
    }
    return value;
  }

  private void rename(String from, String to) {
    String value = properties.remove(from);
    if (value != null) {
      properties.put(to, value);
    }
  }

  private static String fileIo(String warehouse) {
    return isS3(warehouse) ? S3_FILE_IO : ResolvingFileIO.class.getName();
  }

  private static boolean isS3(String location) {
    return location.matches("s3[an]?://.*");
  }

  private InvalidRequestException invalid(String reason) {
    return new InvalidRequestException(prefix() + reason);
  }

  private String prefix() {
    return "Cannot open catalog %s: ".formatted(name);
  }
}
