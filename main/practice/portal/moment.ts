export type FormName = "instance" | "attributes" | "rollout";

/** Why a form did nothing; texts are `practice.portal.problems.<reason>`. */
export interface Refused {
  form: FormName;
  reason:
    | "name-missing"
    | "text-too-long"
    | "password-too-long"
    | "file-empty"
    | "file-too-large"
    | "form-damaged"
    | "too-many"
    | "not-ready";
  /** HTTP. */
  status: number;
  /** What was typed and is not saved. */
  typed?: Readonly<Record<string, string>>;
}

/** What has just happened. */
export type Moment = { done: FormName } | { refused: Refused } | null;
