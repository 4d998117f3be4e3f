export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** How the shells' scripts ask what could stand where the last of the words is being typed. */
export const completing = '__complete';
export const completingLine = '__complete-line';
