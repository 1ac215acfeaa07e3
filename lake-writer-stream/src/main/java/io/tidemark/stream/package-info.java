/** The stream writer: keeps the open windows of a unified table up to the moment. */
package io.tidemark.stream;
