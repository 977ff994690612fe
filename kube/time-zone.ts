/** Whether the IANA data of the runtime has a time zone, in this spelling; offsets such as '+02:00' are not names. */
export function isTimeZone(timeZone: unknown): boolean {
  if (typeof timeZone !== 'string' || timeZone === 'Local' || /^[+-]/.test(timeZone)) {
    return false;
  }
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    // unlike the runtime Kubernetes minds capitals; of an alias only the canonical name is known
    const sameName = known.toLowerCase() === timeZone.toLowerCase();
    return sameName ? known === timeZone : timeZone.split('/').every((part) => /^[A-Z]/.test(part));
  } catch {
    return false;
  }
}
