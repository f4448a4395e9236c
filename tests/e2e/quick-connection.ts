import http from "node:http";

const { request } = http;

/**
 * Chromium compresses what it says to a socket that offers to take that, as Playwright's does. Between two programs of
 * one machine that only costs both of them time, so it is not offered.
 */
http.request = ((...given: Parameters<typeof request>) => {
  const headers = typeof given[0] === "object" && "headers" in given[0] ? given[0].headers : undefined;
  if (headers && !Array.isArray(headers)) Reflect.deleteProperty(headers, "Sec-WebSocket-Extensions");
  return request(...given);
}) as typeof request;
