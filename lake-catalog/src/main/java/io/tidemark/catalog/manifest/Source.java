package io.tidemark.catalog.manifest;

import java.io.Serializable;
import java.util.Map;

/** Where rows come from. Properties may hold references to secrets, unresolved. */
public sealed interface Source extends Serializable {

  /** Returns the source's name in the manifest. */
  String name();

  /** A database, whose tables can be loaded. */
  sealed interface Database extends Source permits Postgres, MariaDb, Jdbc {

    /** Returns the JDBC URL, or a reference to it. */
    String url();

    /** Returns the user, or a reference to it. */
    String user();

    /** Returns a reference to the password, or empty for none. */
    String password();

    /** Returns how many connections a job may hold at once. */
    int connections();
  }

  /**
   * A PostgreSQL database.
   *
   * @param name the name in the manifest
   * @param url the JDBC URL
   * @param user the user, or a reference to it
   * @param password a reference to the password, or empty for none
   * @param connections how many connections a job may hold at once
   */
  record Postgres(String name, String url, String user, String password, int connections)
      implements Database {

    @Override
    public String toString() {
      return "postgresql source " + name;
    }
  }

  /**
   * A MariaDB or MySQL database.
   *
   * @param name the name in the manifest
   * @param url the JDBC URL
   * @param user the user, or a reference to it
   * @param password a reference to the password, or empty for none
   * @param connections how many connections a job may hold at once
   */
  record MariaDb(String name, String url, String user, String password, int connections)
      implements Database {
    @Override
    public String toString() {
      return "mariadb source " + name;
    }
  }

  /**
   * Any database for which the class path has a JDBC driver.
   *
   * @param name the name in the manifest
   * @param url the JDBC URL
   * @param user the user, or a reference to it
   * @param password a reference to the password, or empty for none
   * @param connections how many connections a job may hold at once
   */
  record Jdbc(String name, String url, String user, String password, int connections)
      implements Database {
    @Override
    public String toString() {
      return "jdbc source " + name;
    }
  }

  /**
   * A Kafka cluster.
   *
   * @param name the name in the manifest
   * @param bootstrap the bootstrap servers
   * @param properties further client properties, which may be references
   */
  record Kafka(String name, String bootstrap, Map<String, String> properties) implements Source {

    public Kafka {
      properties = Map.copyOf(properties);
    }

    @Override
    public String toString() {
      return "kafka source " + name;
    }
  }
}
