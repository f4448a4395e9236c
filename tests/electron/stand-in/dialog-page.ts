/** What a dialog of the stand-in asks. */
export interface Question {
  title: string;
  message: string;
  detail: string;
  /** A path to type; undefined asks none. */
  path: string | undefined;
  checkbox: string | undefined;
  buttons: string[];
  defaultButton: number;
}
export interface Answer {
  button: number;
  path: string;
  checked: boolean;
}

export const dialogBinding = "__standInAnswer";

/** The page of a dialog window: plain HTML, its answer goes through the binding. */
export function dialogPage(question: Question): string {
  const { title, message, detail, path, checkbox, buttons, defaultButton } = question;
  return `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title>
<style>
  body { font: 14px system-ui; margin: 20px; display: grid; gap: 12px }
  h1 { font-size: 15px; margin: 0 } p { margin: 0; white-space: pre-wrap }
  input[type=text] { font: inherit; padding: 6px 8px; width: 100%; box-sizing: border-box }
  footer { display: flex; gap: 8px; justify-content: end } button { font: inherit; padding: 6px 16px }
</style>
<h1>${escape(message)}</h1>
${detail === "" ? "" : `<p>${escape(detail)}</p>`}
<form>
  ${path === undefined ? "" : `<input type="text" name="path" aria-label="${escape(title)}" value="${escape(path)}" autofocus>`}
  ${checkbox === undefined ? "" : `<p><label><input type="checkbox" name="checked"> ${escape(checkbox)}</label></p>`}
  <footer>${buttons
    .map(
      (label, index) =>
        `<button value="${index}"${index === defaultButton ? " autofocus" : ""}>${escape(label)}</button>`,
    )
    .toReversed()
    .join("")}</footer>
</form>
<script>
  const form = document.forms[0];
  const answer = (button) => ${dialogBinding}(JSON.stringify({ button: Number(button),
    path: form.path?.value ?? "", checked: form.checked?.checked ?? false }));
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(event.submitter?.value ?? ${defaultButton}); });
  form.path?.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); answer(${defaultButton}); } });
</script>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
