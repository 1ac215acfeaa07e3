package io.tidemark.batch;

import java.util.List;

/** Names and values that go wrong where somebody takes them for something else than a text. */
final class HostileTexts {

  /** Names that PostgreSQL allows for its schemas, tables and columns, of up to 63 bytes. */
  static final List<String> NAMES =
      List.of(
          "x\"; DROP TABLE canary; --",
          "x`; DROP TABLE canary; -- ",
          "'; DROP TABLE canary; --",
          "$$; DROP TABLE canary; $$",
          "*/ DROP TABLE canary; /*",
          ") FROM canary); DROP TABLE canary; --",
          "select",
          "Order",
          " leading and trailing ",
          "\t",
          "two\nlines\r\n",
          "%s %d {0} ${env:HOME} ${file:/etc/passwd}",
          "\\n\\u0041\\",
          "a.b",
          "..",
          "../../escape",
          "/etc/passwd",
          "a?b#c",
          "{schema}",
          "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
          "서울특별시서울특별시서울특별시서울특별시서",
          "\u202eltr\u202c\u200b\u200f\ufeff",
          "e\u0301\u00e9",
          "c0",
          "-1e9",
          "%_",
          "null");

  /** Cells that a database holds as texts. */
  static final List<String> VALUES =
      List.of(
          "'; DROP TABLE canary; --",
          "\"); DROP TABLE canary; --",
          "\\N",
          "\\.",
          "\\x00",
          "NULL",
          "",
          " ",
          "\u0001\u0007\u001b[31m\u007f\u0085",
          "\r\n\t",
          "\u202eevil\u202c",
          "\u200b\u200c\u200d\ufeff",
          "👩‍👩‍👧‍👦 \ud83d\ude00 \udbff\udfff",
          "\ufffe\uffff\ufffd",
          "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
          "${env:HOME} ${file:/etc/passwd} ${jndi:ldap://localhost:1/a}",
          "../../../etc/passwd",
          "=cmd|' /C calc'!A0",
          "{\"$ref\": \"#\"}",
          "%00%2e%2e%2f");

  private HostileTexts() {}

  /** Returns a text as YAML has it between double quotes, quotes included. */
  static String yaml(String text) {
    StringBuilder yaml = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                yaml.append("\\u%04x".formatted(c));
              } else {
                yaml.append((char) c);
              }
            });
    return yaml.append('"').toString();
  }
}
