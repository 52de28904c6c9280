/**
 * Requests to end: Ctrl-C, the system's, and a terminal that is closed (on Windows the window of a console). What is
 * being worked on is handed back before.
 */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
