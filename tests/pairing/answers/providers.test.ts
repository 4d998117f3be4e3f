import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAnswersFile } from '../../../source/pairing/answers/answers-file.ts';
import { providerName, providerNames } from '../../../source/pairing/answers/providers.ts';
import { fieldsOf, flagsOf } from '../../../source/pairing/answers/store-fields.ts';
import { practiceProviders } from '../../../source/practice/pxctl/providers.ts';

test.each(providerNames)('%s has an example that goes through it', provider => {
	const file = `examples/${provider}.yaml`;
	expect(
		existsSync(file),
		`There is no ${file}: write an answers file that goes through ${provider}, as examples/azure.yaml goes through azure.`,
	).toBe(true);
	const { objectStore } = parseAnswersFile(readFileSync(file, 'utf8'), file, { clusters: 'required' });
	expect(objectStore.provider).toBe(provider);
});

test.each(providerNames)(
	'%s is known to the practice clusters, with every flag that it is told',
	provider => {
		const row = practiceProviders[provider];
		const known = [...Object.keys(row?.flags ?? {}), ...Object.keys(row?.switches ?? {})];
		const unknown = fieldsOf(provider)
			.flatMap(flagsOf)
			.filter(flag => !known.includes(flag));
		expect(
			unknown,
			`The pretend pxctl does not know these flags of ${provider}: name them in its row of source/practice/pxctl/providers.ts.`,
		).toEqual([]);
	},
);

test.each(providerNames)(
	'%s refuses a key with WRONG in it on the practice clusters, as the wizard says',
	provider => {
		const refusable = Object.entries(practiceProviders[provider]?.flags ?? {})
			.filter(([, { as }]) => as === 'secret' || as === 'account')
			.map(([flag]) => flag);
		const taken = fieldsOf(provider)
			.filter(({ kind, field }) => kind === 'secret' && !('optional' in field && field.optional))
			.flatMap(flagsOf)
			.filter(flag => !refusable.some(known => known === flag));
		expect(
			taken,
			`Say "as: 'secret'" of these flags of ${provider}, in its row of source/practice/pxctl/providers.ts.`,
		).toEqual([]);
	},
);

test.each(providerNames)('%s names every value once, in its answers and in its credential', provider => {
	const names = ['provider', ...fieldsOf(provider).map(({ name }) => name)];
	const properties = fieldsOf(provider).flatMap(({ field }) =>
		field.kind === 'key-file' ? [field.content] : [],
	);
	expect(new Set([...names, ...properties]).size).toBe(names.length + properties.length);
	const flags = fieldsOf(provider).flatMap(flagsOf);
	expect(new Set(flags).size).toBe(flags.length);
});

test('a store is called by its name, and Amazon only what is at an address of Amazon', () => {
	expect(providerNames.map(name => providerName(name))).toEqual(
		expect.arrayContaining(['S3', 'Azure Blob Storage', 'Google Cloud Storage', 'NFS']),
	);
	expect(providerName('s3', 's3.us-west-2.amazonaws.com')).toBe('Amazon S3');
	expect(providerName('s3', 'minio.example.com:9000')).toBe('S3-compatible store');
});
