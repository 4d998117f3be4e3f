import { refuse } from '../pairing/words/problem.ts';
import { startWith } from '../pairing/words/way.ts';
import { wrap } from '../plain/page.ts';
import type { Host } from './line/host.ts';

/** @throws PairingError when there is no terminal to ask on */
export async function asksYes({ isTerminal, stdin, err, page }: Host, question: string): Promise<boolean> {
	if (!isTerminal) {
		refuse({
			id: 'not-confirmed',
			title: 'Confirmation needed, and there is no terminal to ask on',
			evidence: question,
			remedies: [startWith('Confirm beforehand', '--yes')],
		});
	}
	err(wrap(`${question} [y/N] `, page, 2).join('\n'));
	for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
		stdin.pause();
		return /^y(es)?\s*$/i.test(String(chunk));
	}
	return false;
}
