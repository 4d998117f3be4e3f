import { makeText, plainYaml } from './make.ts';

/** What YAML may take for something else than a text: to client-go that fails the whole file, in whichever field. */
const words = [
	'1234',
	'0x10',
	'0o17',
	'0b1',
	'010',
	'1.10',
	'.5',
	'1.',
	'12e3',
	'1e400',
	'-1',
	'+1',
	'1_000',
	'.inf',
	'-.Inf',
	'.nan',
	'on',
	'Off',
	'yes',
	'N',
	'true',
	'TRUE',
	'null',
	'~',
	'',
	'12:30:45',
	'1:20',
	'2026-11-28',
	'2026-11-28T10:00:00Z',
	'1.2.3',
	'0x',
	'1,000',
	'=',
	'<<',
	'!!str 123',
	'!!int 12',
	'!!binary em9v',
	'!secret zoo',
	'[a]',
	'{a: b}',
	'|-\n      zoo',
	'>-\n      a\n      b',
	'"a\\u0041"',
	"'it''s'",
	'&a zoo',
	'*a',
	'@zoo',
	'%zoo',
	'"zoo" x',
];

const fields: Readonly<Record<string, (word: string) => string>> = {
	token: word => plainYaml.replace('token: <TOKEN>', `token: ${word}`),
	'unknown field': word => plainYaml.replace('    token:', `    unknown: ${word}\n    token:`),
	'user name': word =>
		plainYaml
			.replace('users:\n- name: east', `users:\n- name: ${word}`)
			.replace('user: east', `user: ${word}`),
	insecure: word => plainYaml.replace(/certificate-authority-data: .*/, `insecure-skip-tls-verify: ${word}`),
};

export const scalars = Object.entries(fields).flatMap(([field, write]) =>
	words.map(word => makeText(`scalar in ${field}: ${JSON.stringify(word)}`, write(word))),
);
