package io.tidemark.benchmarks.beside;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients of a bank, each of which makes one transaction after the other. */
final class Clients {
  private final Bank bank;
  private final int number;
  private long transactions;

  Clients(Bank bank, int number) {
    this.bank = bank;
    this.number = number;
  }

  /** How many transactions they have made so far. */
  long transactions() {
    return transactions;
  }

  /** Has them work for a time. */
  Latencies work(Duration time) throws Exception {
    return workDuring(
        () -> {
          TimeUnit.NANOSECONDS.sleep(time.toNanos());
          return null;
        });
  }

  /** Has them work until something is done. */
  Latencies workDuring(Callable<?> beside) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      clients.add(new Client(bank, transactions + i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(number);
    long start = System.nanoTime();
    try {
      List<Future<?>> working = new ArrayList<>();
      clients.forEach(client -> working.add(threads.submit(client)));
      beside.call();
      clients.forEach(Client::stop);
      for (Future<?> one : working) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new SQLException("Cannot go on with transactions", e.getCause());
    } finally {
      threads.shutdownNow();
    }
    Latencies latencies =
        Latencies.of(
            clients.stream().map(Client::nanos).toList(), (System.nanoTime() - start) / 1e9);
    transactions += latencies.transactions();
    return latencies;
  }
}
