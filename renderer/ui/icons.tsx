import type { ReactNode } from "react";

/** Names of the app's own icons, drawn on a 16 × 16 grid with the text's colour. */
export type IconName = keyof typeof paths;

const paths = {
  check: <path d="M3 8.5l3.2 3.2L13 5" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M3.5 10.5h-.2A.8.8 0 0 1 2.5 9.700V3.300a.8.8 0 0 1 .8-.8h6.400a.8.8 0 0 1 .8.8v.2" />
    </>
  ),
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  "eye-off": (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <path d="M2.5 13.500l11-11" />
    </>
  ),
  more: (
    <>
      <circle cx="3.5" cy="8" r=".9" fill="currentColor" />
      <circle cx="8" cy="8" r=".9" fill="currentColor" />
      <circle cx="12.5" cy="8" r=".9" fill="currentColor" />
    </>
  ),
  close: <path d="M3.5 3.500l9 9M12.5 3.500l-9 9" />,
  back: <path d="M10 3L5 8l5 5" />,
  forward: <path d="M6 3l5 5-5 5" />,
  down: <path d="M3.5 6L8 10.5 12.5 6" />,
  external: <path d="M6.5 3.500h-3v9h9v-3M9.5 2.500h4v4M13 3L7.5 8.5" />,
  plus: <path d="M8 3v10M3 8h10" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.3 10.300L14 14" />
    </>
  ),
  gear: (
    <>
      <path d="M2.5 4.500h6M12 4.500h1.500M2.5 11.500h1.500M7.5 11.500h6" />
      <circle cx="10.2" cy="4.5" r="1.7" />
      <circle cx="5.8" cy="11.5" r="1.7" />
    </>
  ),
  activity: <path d="M3 3.500h.1M6 3.500h7M3 8h.1M6 8h7M3 12.500h.1M6 12.500h7" />,
  file: <path d="M4 1.500h5.500L12.5 4.500v10H4zM9 1.500v3.500h3.5" />,
  folder: <path d="M1.5 3.500h4.500l1.5 2h7v7.500h-13z" />,
  certificate: (
    <>
      <path d="M13.5 7.500v-5h-11v9h5M5 5.500h6M5 8h3" />
      <circle cx="11" cy="10.5" r="2.2" />
      <path d="M9.8 12.500V15l1.2-.8 1.2.8v-2.5" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.2" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 7.300v4M8 4.700v.1" />
    </>
  ),
  warning: <path d="M8 2L14.5 13.500h-13zM8 6.300v3.400M8 11.600v.1" />,
  problem: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.500v4.200M8 11.200v.1" />
    </>
  ),
  wait: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.500V8l2.3 1.6" />
    </>
  ),
  trash: <path d="M2.5 4.500h11M6 4.500v-2h4v2M4 4.500l.6 9h6.800l.6-9M6.7 7v4M9.3 7v4" />,
  archive: <path d="M1.5 2.500h13v3h-13zM2.5 5.500v8h11v-8M6.5 8.500h3" />,
  upload: <path d="M8 10.500v-8M4.8 5.500L8 2.300l3.2 3.200M2.5 10v3.500h11V10" />,
  download: <path d="M8 2.500v8M4.8 7.500L8 10.700l3.2-3.200M2.5 10v3.500h11V10" />,
  edit: <path d="M2.5 13.500l.8-3.2 7.7-7.7 2.4 2.4-7.7 7.700zM9.6 4l2.4 2.4" />,
  refresh: <path d="M13.5 8A5.5 5.5 0 1 1 11.7 4M13.5 2v3h-3" />,
  person: (
    <>
      <circle cx="8" cy="5.3" r="2.8" />
      <path d="M2.500 14a5.500 5.500 0 0 1 11 0" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.8" />
      <path d="M7 9l6.5-6.500M10.8 5.200l2 2" />
    </>
  ),
  online: (
    <>
      <path d="M2 6.500a8.5 8.5 0 0 1 12 0M4.2 9a5.4 5.4 0 0 1 7.6 0" />
      <circle cx="8" cy="12" r="1" fill="currentColor" />
    </>
  ),
  offline: (
    <>
      <path d="M2 6.500a8.5 8.5 0 0 1 12 0M4.2 9a5.4 5.4 0 0 1 7.6 0M3 14L13 2" />
      <circle cx="8" cy="12" r="1" fill="currentColor" />
    </>
  ),
} satisfies Record<string, ReactNode>;

/** A decorative icon: the words beside it carry the meaning. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={`${size / 16}em`}
      height={`${size / 16}em`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {paths[name]}
    </svg>
  );
}
