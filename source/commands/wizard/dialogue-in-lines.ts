import { hold } from '../../dialogue/hold.ts';
import { openKeyboard } from '../../dialogue/keyboard.ts';
import { planPairing } from '../../pairing/plan.ts';
import { PacedStdin } from '../../ui/keys/paced-stdin.ts';
import { printer } from '../line/host.ts';
import type { Converse } from './run-wizard.ts';

/** The conversation in lines. The brackets around pastes are all that it asks of the terminal. */
export const converseInLines: Converse = async (host, services, { common, terminal, ...beginning }) => {
	const stdin = new PacedStdin(host.stdin);
	const hasPastes = host.environment.TERM !== 'dumb';
	const own = () => {
		stdin.setRawMode(true);
		host.stdout.write(hasPastes ? '\u001B[?2004h' : '');
	};
	const giveBack = () => {
		host.stdout.write(hasPastes ? '\u001B[?2004l' : '');
		stdin.setRawMode(false);
	};
	terminal?.drawn('lines', async whileAway => {
		giveBack();
		await whileAway();
		own();
	});
	own();
	try {
		return await hold({
			...beginning,
			services,
			say: printer(host.out),
			keyboard: openKeyboard(stdin, text => void host.stdout.write(text), host.stop),
			makePlan: planPairing,
			patienceSeconds: common.patienceSeconds,
			stopSignal: host.stop,
		});
	} finally {
		giveBack();
	}
};
