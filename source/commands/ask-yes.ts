import type { Host } from './host.ts';

/** Without a terminal nobody can say yes. */
export async function asksYes({ isTerminal, stdin, err }: Host, question: string): Promise<boolean> {
	if (!isTerminal) {
		err(`${question} There is no terminal to ask on: say --yes.\n`);
		return false;
	}
	err(`${question} y does, anything else does not: `);
	for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
		stdin.pause();
		return /^y(es)?\s*$/i.test(String(chunk));
	}
	return false;
}
