/** Makes paper of pages. */
export interface Printer {
  /**
   * Each page as tagged PDF on A4, with the page's language, title and headings. A page must hold everything it
   * shows. Errors: whatever the browser engine answers, after it was told to the log; the caller goes on without.
   */
  pdfs(pages: readonly string[]): Promise<Buffer[]>;
}
