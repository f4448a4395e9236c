import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { ActivityScreen } from "./activity/activity-screen.tsx";
import { BulkScreen } from "./bulk/bulk-screen.tsx";
import { InspectScreen } from "./certificates/inspect-screen.tsx";
import { SetupScreen } from "./checklist/setup-screen.tsx";
import { DryRunScreen } from "./dry-run/dry-run-screen.tsx";
import { useT } from "./i18n.ts";
import { RotationScreen } from "./rotation/rotation-screen.tsx";
import { saveDiagnostics } from "./settings/diagnostics.ts";
import { SettingsScreen } from "./settings/settings-screen.tsx";
import { ShortcutsDialog } from "./settings/shortcuts-dialog.tsx";
import { exportSetup, importSetup } from "./setups/actions.ts";
import { HomeScreen } from "./setups/home-screen.tsx";
import { loadInfo, openAtStart, useInfoIfLoaded } from "./store/app.ts";
import { useCommand } from "./store/commands.ts";
import { listen } from "./store/events.ts";
import { startCreating } from "./store/new-setup.ts";
import { navigate, useRoute } from "./store/route.ts";
import { loadSetup, useOpenSetup } from "./store/setups.ts";
import { showToast } from "./store/toasts.ts";
import { AccessScreen } from "./tenant/access-screen.tsx";
import { PlanDialog } from "./tenant/plan-dialog.tsx";
import { useQuietCheck } from "./tenant/use-quiet-check.ts";
import {
  Announcer,
  Button,
  EmptyState,
  FailureNotice,
  Heading,
  Screen,
  Spinner,
  ToastRegion,
} from "./ui/index.ts";
import { Footer } from "./ui/footer.tsx";
import { Window } from "./ui/frame.tsx";
import { Header } from "./ui/header.tsx";
import { useRegionKeys } from "./ui/regions.ts";
import { useScreenFocus } from "./ui/use-screen-focus.ts";
import { WatchScreen } from "./watch/watch-screen.tsx";

/** The whole page. Before main has answered there is nothing to show, so it stays as calm as the empty window. */
export function App() {
  const info = useInfoIfLoaded();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void loadInfo().then((loaded) => {
      setFailed(!loaded);
      const setupId = openAtStart();
      if (setupId !== null) navigate({ screen: "setup", setupId });
    });
    return listen();
  }, []);
  return (
    <>
      <Announcer />
      {info === null ? (
        failed && <StartFailure onRetry={() => void loadInfo().then((loaded) => setFailed(!loaded))} />
      ) : (
        <I18nProvider locale={info.locale}>
          <Shell />
          <ToastRegion />
        </I18nProvider>
      )}
    </>
  );
}

/** Settings can't be reached from here, so the diagnostics are. */
function StartFailure({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  return (
    <main>
      <EmptyState
        title={t("frame.startFailed.title")}
        text={t("frame.startFailed.text")}
        actions={
          <>
            <Button variant="primary" onPress={onRetry}>
              {t("common.tryAgain")}
            </Button>
            <Button icon="download" onPress={() => void saveDiagnostics()}>
              {t("settings.data.diagnostics")}
            </Button>
          </>
        }
      />
      <ToastRegion />
    </main>
  );
}

function Shell() {
  const [shortcuts, setShortcuts] = useState(false);
  const { route } = useRoute();
  // The menu's commands work on every screen; a screen with a better idea takes them over.
  useCommand("new-setup", startCreating);
  useCommand("import-setup", () => void importSetup());
  useCommand("home", () => navigate({ screen: "home" }));
  useCommand("settings", () => navigate({ screen: "settings" }));
  useCommand("inspect-file", () => navigate({ screen: "inspect" }));
  useCommand("prepare-many", () => navigate({ screen: "bulk" }));
  useCommand("shortcuts", () => setShortcuts(true));
  useCommand("verify-all", () => navigate({ screen: "watch" }));
  useCommand("activity", () =>
    navigate("setupId" in route ? { screen: "activity", setupId: route.setupId } : { screen: "activity" }),
  );
  useCommand("export-setup", () => {
    if ("setupId" in route) void exportSetup(route.setupId);
    else showToast({ title: "home.nothingToExport.title", text: "home.nothingToExport.text" });
  });
  useRegionKeys();
  useQuietCheck();
  return (
    <Window header={<Header />} footer={<Footer />}>
      <CurrentScreen />
      <PlanDialog />
      <ShortcutsDialog isOpen={shortcuts} onClose={() => setShortcuts(false)} />
    </Window>
  );
}

function CurrentScreen(): ReactNode {
  const { route } = useRoute();
  const { view } = useOpenSetup();
  const setupId = "setupId" in route ? route.setupId : null;
  useEffect(() => {
    if (setupId !== null) void loadSetup(setupId);
  }, [setupId]);
  useScreenFocus();
  switch (route.screen) {
    case "home":
      return <HomeScreen key={route.show ?? ""} show={route.show} />;
    case "settings":
      return <SettingsScreen />;
    case "inspect":
      return <InspectScreen />;
    case "bulk":
      return <BulkScreen />;
    case "activity":
      return <ActivityScreen key={setupId} setupId={setupId} />;
    case "watch":
      return <WatchScreen />;
    case "setup":
      return view !== null && view.summary.id === route.setupId ? <SetupScreen view={view} /> : <Opening />;
    case "access":
      return view !== null && view.summary.id === route.setupId ? <AccessScreen view={view} /> : <Opening />;
    case "dry-run":
      return view !== null && view.summary.id === route.setupId ? <DryRunScreen view={view} /> : <Opening />;
    case "rotation":
      return view !== null && view.summary.id === route.setupId ? (
        <RotationScreen view={view} />
      ) : (
        <Opening />
      );
    default:
      return null;
  }
}

/** A setup that is not there yet, or cannot be opened. */
function Opening() {
  const t = useT();
  const { route } = useRoute();
  const { viewError } = useOpenSetup();
  if (viewError === null) {
    return (
      <Screen title={t("app.name")}>
        <Spinner label={t("common.loading")} />
      </Screen>
    );
  }
  return (
    <Screen title={t("app.name")}>
      <Heading>{t("frame.notOpened")}</Heading>
      <FailureNotice
        error={viewError}
        actions={
          <Button onPress={() => "setupId" in route && void loadSetup(route.setupId)}>
            {t("common.tryAgain")}
          </Button>
        }
      />
    </Screen>
  );
}
