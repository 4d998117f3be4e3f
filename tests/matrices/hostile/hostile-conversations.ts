import { commonOf } from '../../../source/commands/line/options.ts';
import { openServices } from '../../../source/commands/wizard/wizard-services.ts';
import { hold } from '../../../source/dialogue/hold.ts';
import { Left } from '../../../source/dialogue/keyboard.ts';
import { draftOf } from '../../../source/pairing/answers/draft.ts';
import { planPairing } from '../../../source/pairing/plan.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { displayWidth } from '../../../source/ui/text/display-width.ts';
import { answersFor } from '../../helpers/program/ground.ts';
import { hostIn } from '../../helpers/program/in-process.ts';
import { openApp } from '../../wizard/open-app.tsx';

type Surroundings = Parameters<typeof hostIn>[0];

const draft = draftOf(
	{ ...answersFor('s3'), pair: { name: 'screens' } } as never,
	{ 's3.accessKeyId': new Secret('id'), 's3.secretAccessKey': new Secret('secret') } as never,
);

const services = (surroundings: Surroundings) =>
	openServices(hostIn(surroundings), {
		common: commonOf({}),
		ground: undefined,
		given: [],
		terminal: undefined,
	});

const columns = 120;

/** Lines that the window's edge alone has broken are whole again: no one forged what follows. */
function unwrapped(frame: string): string {
	const lines: string[] = [];
	let before = columns;
	for (const line of frame.split('\n')) {
		const [word = ''] = line.split(' ');
		const isWrapped = lines.length > 0 && word !== '' && before + 1 + displayWidth(word) > columns;
		lines.push(isWrapped ? `${lines.pop()} ${line}` : line);
		before = displayWidth(line);
	}
	return lines.join('\n');
}

/** What was found, all of its problems, the review with its steps, a run and how it ended. */
export async function screens(surroundings: Surroundings): Promise<string> {
	const open = await services(surroundings);
	let work: Promise<unknown> = Promise.resolve();
	const app = await openApp(
		{
			...open,
			look: (...given) => {
				const looked = open.look(...given);
				work = looked;
				return looked;
			},
			run: (...given) => {
				const ran = open.run(...given);
				work = ran;
				return ran;
			},
		},
		{ given: draft, columns, rows: 60, patienceSeconds: 2 },
	);
	const frames: string[] = [];
	for (const key of ['', 'v', 'q', '\r', '', 'r', '', 'v', 'q']) {
		await work.catch(() => {});
		await app.type(...(key === '' ? [] : [key]));
		frames.push(unwrapped(app.frame()));
	}
	await app.stop();
	await open.close();
	return frames.join('\n');
}

/** The same for a screen reader: all that is asked is answered as proposed. */
export async function lines(surroundings: Surroundings): Promise<string> {
	const open = await services(surroundings);
	const said: string[] = [];
	let asked = 0;
	await hold({
		services: open,
		draft,
		isGiven: true,
		banner: undefined,
		say: line => void said.push(line),
		keyboard: {
			async read(prompt) {
				said.push(prompt);
				asked += 1;
				if (asked > 12) {
					throw new Left();
				}
				return new Secret(asked % 3 === 0 ? '1' : '');
			},
			during: work => work,
			watch: () => () => {},
		},
		makePlan: planPairing,
		patienceSeconds: 2,
		stopSignal: new AbortController().signal,
	});
	await open.close();
	return said.join('\n');
}
