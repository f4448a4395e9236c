import type { Reason } from "../../preload/model/setup.ts";
import { Link, Text } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { useReasonText } from "./reason-text.ts";
import { useSetup } from "./step-context.ts";
import { reasonKey, uniqueReasons } from "./unique-reasons.ts";

/** What is missing or wrong, each line a link to where it is mended. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className={styles.reasons}>
      {uniqueReasons(reasons).map((reason) => (
        <li key={reasonKey(reason)}>
          <ReasonLink reason={reason} />
        </li>
      ))}
    </ul>
  );
}

/** One reason; a link when it leads somewhere. */
export function ReasonLink({ reason }: { reason: Reason }) {
  const { goTo } = useSetup();
  const text = useReasonText()(reason);
  const { target } = reason;
  if (target === null) return <Text>{text}</Text>;
  return <Link onPress={() => goTo(target)}>{text}</Link>;
}
