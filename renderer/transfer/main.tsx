// The base comes first, so that every component's own styles win over it.
import "../ui/tokens.css";
import "../ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StripApp } from "./strip-app.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("transfer.html has no #root");
createRoot(root).render(
  <StrictMode>
    <StripApp />
  </StrictMode>,
);
