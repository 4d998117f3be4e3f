import { expect, test } from 'vitest';
import { emptyDraft } from '../../source/pairing/answers/draft.ts';
import { fact } from '../../source/pairing/words/finding.ts';
import { unicodeTheme } from '../helpers/program/frame.tsx';
import { fakeServices, lookAt, type OpenApp, openApp } from './open-app.tsx';

const look = { rows: 40, theme: unicodeTheme };
const toReview = async (app: OpenApp): Promise<void> =>
	app.type('\r', '\r', '\r', '\r', 'MYKEYID', '\r', 'my-secret-key', '\r', '\r');

test.each([
	['the steps', ['p'], 'About: Steps', 'Steps 8 of 8'],
	['the list of answers', ['e'], 'About: Your answers', 'Change:'],
])('? explains %s with its keys, and closes there', async (_name, keys, about, below) => {
	const app = await openApp(fakeServices({ namespaces: async () => [] }), look);
	await toReview(app);
	await app.type(...keys);
	expect(app.frame()).toContain(below);
	await app.type('?');
	expect(app.frame()).toContain(about);
	expect(app.frame()).toMatch(/• Keys: .*Esc/);
	expect(app.frame().split('\n').at(-1)).toBe('Esc close  Ctrl-C quit');
	await app.type('?');
	expect(app.frame()).not.toContain(about);
	expect(app.frame()).toContain(below);
});

test.each([
	['a kubeconfig file', ['\u001B[A', '\r'], 'About: Kubeconfig file', 'Kubeconfig file:'],
	['what was found', ['\r', '\r', 'i'], 'About: Details', 'The source is east'],
])('? explains %s', async (_name, keys, about, below) => {
	const app = await openApp(
		fakeServices({
			look: lookAt({}, [fact('stork', 'stork', 'source', 'Stork 24')]),
			completePath: () => [],
		}),
		look,
	);
	await app.type(...keys);
	expect(app.frame()).toContain(below);
	await app.type('?');
	expect(app.frame()).toContain(about);
	await app.type('\u001B[27u');
	expect(app.frame()).not.toContain(about);
	expect(app.frame()).toContain(below);
});

test('? explains the answers that were kept', async () => {
	const kept = { draft: { ...emptyDraft, source: 'east' }, age: 60_000 };
	const app = await openApp(fakeServices({ kept }), look);
	await app.type('?');
	expect(app.frame()).toContain('About: Earlier answers');
	await app.type('\u001B[27u');
	expect(app.frame()).toContain('Continue with the answers of 1 minute ago?');
});
