package io.tidemark.examples.quickstart;

import java.io.StringWriter;

/** A job on a thread of its own. */
final class BackgroundJob implements AutoCloseable {

  private final Thread thread;
  private final StringWriter output;

  private BackgroundJob(Thread thread, StringWriter output) {
    this.thread = thread;
    this.output = output;
  }

  static BackgroundJob start(Runnable body, StringWriter output) {
    Thread thread = new Thread(body, "background-job");
    thread.setDaemon(true);
    thread.start();
    return new BackgroundJob(thread, output);
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /** Returns what it has printed so far. */
  String output() {
    return output.toString();
  }

  /** Ends the job. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
