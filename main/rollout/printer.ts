/** Makes paper of pages. */
export interface Printer {
  /**
   * A page as tagged PDF on A4, with the page's language, title and headings. The page must hold everything it
   * shows. Errors: whatever the browser engine answers, after it was told to the log; the caller goes on without.
   */
  pdf(html: string): Promise<Buffer>;
}
