import { AccountScreen } from "#product/identity/sign-in/screens/account.tsx";
import { usePreferences } from "./preferences.tsx";

/** The person's own account; the language changes this browser at once. */
export function AccountPage() {
  const { onLanguage } = usePreferences();
  return <AccountScreen onLanguage={onLanguage} />;
}
