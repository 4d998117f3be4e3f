import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { redact } from '../../source/gateways/machine/redact.ts';
import { secretSources } from '../../source/gateways/machine/secret-sources.ts';
import { jsonKeyMistake } from '../../source/pairing/answers/json-key.ts';
import { checkKeyFiles } from '../../source/pairing/answers/key-files.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { cleanPaste } from '../../source/ui/text/pasted-text.ts';
import { textField, textFieldReducer } from '../../source/ui/text-field-state.ts';
import { forAll, forEach, resultOf } from './matrix.ts';
import { bombs, mutated, poisons, rearranged, strangeText } from './strange.ts';

const key = 'canary/wJalrXUtnFEMI+K7MDENG=';
const jsonKey = {
	type: 'service_account',
	project_id: 'my-project',
	private_key_id: 'canary-id',
	private_key: '-----BEGIN PRIVATE KEY-----\ncanaryMIIE\n-----END PRIVATE KEY-----\n',
	client_email: 'pairing@my-project.example',
};
const pastes = fc.oneof(
	mutated([key, `  ${key}\r\n`, `\uFEFF${key}\u200B\n`, `${key}\n${key}`]),
	fc.tuple(fc.constantFrom(...poisons), fc.constantFrom(...poisons)).map(([a, b]) => `${a}${key}${b}`),
	fc.tuple(fc.constantFrom(...poisons)).map(([a]) => `can${a}ary${key}`),
	strangeText,
);
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u00A0\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;

let folder = '';

export function secrets(): void {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pxpair-bad-input-'));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	forAll('pasted', pastes, checkPaste, { share: 3, found: ['\u2060canary', 'canary\u2028', 'a\u0000b'] });
	forEach('pasted by the megabyte', bombs(key), checkPaste);
	forAll('from the environment, a file and standard input', pastes, checkSources, {
		share: 2,
		found: ['\u200Dcanary\u2060', 'can\u2028ary', '\u00ADcanary'],
	});
	forEach('by the megabyte', [...bombs(key), `x${' '.repeat(1_000_000)}x`], checkSources);
	forAll(
		'a Google key file that was changed',
		rearranged(jsonKey),
		tree => checkKeyFile(JSON.stringify(tree)),
		{
			found: [{ ...jsonKey, private_key_id: JSON.parse('{"toString":1,"valueOf":1}') }],
		},
	);
	forAll('a Google key file that broke', mutated([JSON.stringify(jsonKey, undefined, 2)]), checkKeyFile);
	forEach('a Google key file that is none', bombs(JSON.stringify(jsonKey)), checkKeyFile);
	forAll(
		'what quotes a secret is shown without it',
		fc.tuple(strangeText, strangeText),
		([before, after]) => {
			for (const secret of [key, JSON.stringify(jsonKey)]) {
				const said = `${before}${secret}${after}\n"${JSON.stringify(secret)}" ${encodeURIComponent(secret)}`;
				expect(redact(said, [new Secret(secret)])).not.toMatch(/canary(MIIE|-id|\/wJal|%2FwJal)/);
			}
		},
	);
	forEach(
		'what would be searched for tokens for ever',
		['eyJ-', 'eyJ', 'eyJa.', 'eyJa.b.', '0123456789abcdef', 'Token is ', ' '].map(part =>
			part.repeat(1_000_000 / part.length),
		),
		text => redact(text, [new Secret('canary')]),
	);
}

function checkPaste(pasted: string): void {
	const cleaned = cleanPaste(pasted);
	if (cleaned.type === 'refused') {
		expect(cleaned.because).not.toContain('canary');
		expect(cleaned.because).not.toMatch(/\p{Cc}/u);
		return;
	}
	expect(cleaned.text).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
	expect(cleaned.text.replace(/^ +| +$/g, '').replace(/^(.).*?(.?)$/su, '$1$2')).not.toMatch(invisible);
	expect(cleaned.note ?? '').not.toContain('canary');
	expect(pasted).toContain(cleaned.text);

	const field = textFieldReducer(textField('ab'), { type: 'paste', text: pasted });
	expect(field.text.reveal()).toBe(`ab${cleaned.text}`);
	expect(JSON.stringify(field)).not.toContain('canary');
}

async function checkSources(value: string): Promise<void> {
	await writeFile(join(folder, 'secret'), value);
	const sources = secretSources({
		environment: { KEY: value },
		standardInput: async () => value,
		folder,
		programs: { environment: {}, signal: new AbortController().signal },
	});
	for (const reference of [{ env: 'KEY' }, { file: 'secret' }, { stdin: 1 }]) {
		const result = await resultOf(() => sources(reference, 'objectStore.accountKey', 'secret'));
		if (result.kind === 'accepted') {
			const text = result.value.reveal();
			expect(text).not.toBe('');
			expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
			expect(text.trim()).toBe(text);
			expect(text.replace(/^(.).*?(.?)$/su, '$1$2')).not.toMatch(invisible);
			expect(value.toWellFormed()).toContain(text.toWellFormed());
		}
	}
}

async function checkKeyFile(text: string): Promise<void> {
	const secret = new Secret(text);
	const mistake = jsonKeyMistake(secret);
	expect(mistake ?? '').not.toContain('canary');
	const result = await resultOf(() =>
		checkKeyFiles({ provider: 'google', projectId: 'my-project', jsonKey: secret }),
	);
	expect(result.kind).toBe(mistake === undefined ? 'accepted' : 'refused');
	if (mistake === undefined) {
		const tree = JSON.parse(text);
		expect(tree.type).toBe('service_account');
		for (const field of ['project_id', 'private_key', 'client_email']) {
			expect(tree[field]).toBeTypeOf('string');
		}
	}
	expect(redact('nothing of it', [secret])).toBeTypeOf('string');
}
