import { expect, test } from 'vitest';
import { credentialsInJson } from '../../../source/gateways/pods/credential-json.ts';
import { credentialsIn, withJson } from '../../../source/gateways/pods/credential-list.ts';

const uuid = '11111111-2222-3333-4444-555555555555';
const name = 'clusterPair_ffffffff-1111-2222-3333-444444444444';
const traits = {
	provider: 's3',
	account: 'AKIACANARYONE',
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
	ssl: 'yes',
	encryption: 'no',
};

const { provider: _provider, ...withoutProvider } = traits;
const { region: _region, ...withoutRegion } = traits;

const newer = ['UUID', 'NAME', 'REGION', 'ENDPOINT', 'ACCESS KEY', 'SSL ENABLED', 'ENCRYPTION', 'BUCKET'];
const cells = [uuid, name, 'us-east-1', 's3.amazonaws.com', 'AKIACANARYONE', 'true', 'false', '<nil>'];
const padded = (row: readonly string[]) => row.map(cell => cell.padEnd(52)).join('');

test.each([
	['tabs', `S3 Credentials\n${newer.join('\t')}\n${cells.join('\t')}\n`],
	['blanks', `\nS3 Credentials\n${newer.join('  ')}\n${cells.join('  ')}\n`],
	['aligned', `S3 Credentials\n${padded(newer)}\n${padded(cells)}\n`],
	['an indent', `\tS3 Credentials\n\t${newer.join('\t')}\n\t${cells.join('\t')}\n`],
])('a list with names, in %s', (_, text) => {
	expect(credentialsIn(text)).toMatchObject({
		names: true,
		rows: [{ uuid, traits: { ...traits, bucket: '' } }],
	});
});

test('an older list has no names, and so does not tell what is absent', () => {
	const text = `S3 Credentials\nUUID REGION ENDPOINT ACCESS KEY SSL ENABLED ENCRYPTION\n${uuid} us-east-1 s3.amazonaws.com AKIACANARYONE true false\n`;
	expect(credentialsIn(text)).toMatchObject({ names: false, rows: [{ uuid, traits }] });
});

test('each provider has columns of its own', () => {
	const text = [
		'Azure Credentials',
		'UUID\tNAME\tACCOUNT NAME\tENCRYPTION',
		`${uuid}\t${name}\tcanaryaccount\ttrue`,
		'Google Credentials',
		'UUID\tNAME\tPROJECT ID\tENCRYPTION',
		`${uuid}\t${name}\tcanary-project\tfalse`,
	].join('\n');
	expect(credentialsIn(text).rows.map(row => row.traits)).toEqual([
		{ provider: 'azure', account: 'canaryaccount', encryption: 'yes' },
		{ provider: 'google', account: 'canary-project', encryption: 'no' },
	]);
});

test('columns that cannot be told apart with certainty are not read', () => {
	const text = `S3 Credentials\n${newer.join(' ')}\n${uuid} ${name} us-east-1 AKIACANARYONE\n`;
	expect(credentialsIn(text).rows).toMatchObject([{ uuid, traits: { provider: 's3' } }]);
	expect(Object.keys(credentialsIn(text).rows[0]?.traits ?? {})).toEqual(['provider']);
});

test('an ID that is shown in part is not compared', () => {
	const text = `S3 Credentials\n${newer.join('\t')}\n${cells.join('\t').replace('AKIACANARYONE', 'AKIA****')}\n`;
	expect(credentialsIn(text).rows[0]?.traits.account).toBeUndefined();
});

const wide = newer.map((title, index) => title.padEnd([40, 60, 14, 40, 24, 12, 12, 0][index] ?? 0)).join('');
const row = (...values: readonly string[]) => [uuid, name, ...values];
const inColumns = (values: readonly string[]) =>
	values.map((value, index) => value.padEnd([40, 60, 14, 40, 24, 12, 12, 0][index] ?? 0)).join('');

test.each<[string, string, object]>([
	[
		'the end of a line as Windows has it',
		`S3 Credentials\r\n${newer.join('\t')}\r\n${cells.join('\t')}\r\n`,
		traits,
	],
	['blanks at the end', `S3 Credentials  \n${newer.join('  ')}   \n${cells.join('  ')}    \n`, traits],
	[
		'titles in small letters',
		`s3 credentials\n${newer.join('\t').toLowerCase()}\n${cells.join('\t')}\n`,
		traits,
	],
	['a colon', `S3 Credentials:\n${newer.join('\t')}\n${cells.join('\t')}\n`, traits],
	[
		'an endpoint for each node',
		`S3 Credentials\n${newer.join('  ')}\n${cells.join('  ').replace('s3.amazonaws.com', '[b:9000 a:9000]')}\n`,
		{ ...traits, endpoint: 'a:9000, b:9000' },
	],
	[
		'an endpoint for each node, with tabs',
		`S3 Credentials\n${newer.join('\t')}\n${cells.join('\t').replace('s3.amazonaws.com', '[b:9000 a:9000]')}\n`,
		{ ...traits, endpoint: 'a:9000, b:9000' },
	],
	[
		'a column of two words that is not known',
		`S3 Credentials\n${[...newer, 'CREATED AT'].join('\t')}\n${[...cells, '2026-11-28 10:00'].join('\t')}\n`,
		traits,
	],
	[
		'an empty cell between tabs',
		`S3 Credentials\n${newer.join('\t')}\n${row('', 's3.amazonaws.com', 'AKIACANARYONE', 'true', 'false', 'own').join('\t')}\n`,
		{ ...withoutRegion, bucket: 'own' },
	],
	[
		'an empty cell in columns',
		`S3 Credentials\n${wide}\n${inColumns(row('', 's3.amazonaws.com', 'AKIACANARYONE', 'true', 'false', 'own'))}\n`,
		{ ...withoutRegion, bucket: 'own' },
	],
	[
		'values in capitals',
		`S3 Credentials\n${newer.join('\t')}\n${row('us-east-1', 'HTTPS://S3.AMAZONAWS.COM:443/', 'AKIACANARYONE', 'TRUE', 'No', 'None').join('\t')}\n`,
		traits,
	],
])('a list with %s', (_, text, expected) => {
	expect(credentialsIn(text).rows).toEqual([
		{ uuid, cells: expect.arrayContaining([name]), traits: { bucket: '', ...expected } },
	]);
});

test.each<[string, string, object]>([
	[
		'cells that are as many as the titles, but not theirs: one empty, one of two words',
		`S3 Credentials\n${wide}\n${inColumns(row('us-east-1', 'a:9000 b:9000', 'AKIACANARYONE', 'true', '', 'own'))}\n`,
		{},
	],
	[
		'a section that is not known after one that is',
		`S3 Credentials\n${newer.join('\t')}\nIBM COS Credentials\n${newer.join('\t')}\n${cells.join('\t')}\n`,
		withoutProvider,
	],
])('of a list with %s, nothing false is read', (_, text, expected) => {
	const [found] = credentialsIn(text).rows;
	const { bucket: _bucket, ...read } = found?.traits ?? {};
	expect(read).toEqual(expect.objectContaining(expected));
	expect(read.provider ?? 's3').toBe('s3');
	expect(read.encryption ?? 'no').toBe('no');
	expect(read.account ?? 'AKIACANARYONE').toBe('AKIACANARYONE');
});

test('JSON with an empty choice beside the one that is made names no wrong provider', () => {
	const json = [
		{
			credential_id: uuid,
			name,
			aws_credential: { access_key: 'AKIACANARYONE' },
			azure_credential: {},
			google_credential: null,
		},
	];
	expect(credentialsInJson(JSON.stringify(json))[0]?.traits).toEqual({
		provider: 's3',
		account: 'AKIACANARYONE',
	});
});

test('what is no list tells nothing', () => {
	expect(credentialsIn('nothing to say')).toEqual({ names: false, rows: [] });
});

test.each([
	['as a list', (record: object) => [{ uuid, name, ...record }]],
	['under UUIDs', (record: object) => ({ [uuid]: { CredName: name, ...record } })],
	['by provider', (record: object) => ({ s3: [{ UUID: uuid, name, ...record }] })],
	[
		'one level down',
		(record: object) => ({ credentials: [{ credential_id: uuid, name, aws_credential: record }] }),
	],
	[
		'a choice as Go writes it',
		(record: object) => [{ credential_id: uuid, name, CredentialType: { AwsCredential: record } }],
	],
])('JSON, %s', (_, around) => {
	const record = {
		access_key: 'AKIACANARYONE',
		region: 'us-east-1',
		endpoint: ['S3.amazonaws.com:443'],
		disable_ssl: 'false',
		disable_path_style: true,
		use_proxy: false,
		encryption: false,
		iam_policy: false,
		sse: 'AES256',
		secret_key: 'canary-secret',
	};
	const [found, ...more] = credentialsInJson(JSON.stringify(around(record), undefined, 1));
	expect({ ...found, more }).toMatchObject({
		uuid,
		name,
		more: [],
		traits: { ...withoutProvider, pathStyle: 'no', proxy: 'no', auth: 'keys', sse: 'AES256' },
	});
	expect(JSON.stringify(found)).not.toContain('canary-secret');
});

test('JSON as Portworx names its parameters', () => {
	const json = {
		[uuid]: {
			CredType: 'nfs',
			CredName: name,
			CredNFSServer: 'nfs.example.com',
			CredNFSSubPath: '/exports/px',
			CredNFSMountOpts: '',
			CredNFSTimeout: 5,
			CredEncryptKey: 'canary-secret',
		},
	};
	expect(credentialsInJson(JSON.stringify(json))).toEqual([
		{
			uuid,
			name,
			traits: {
				provider: 'nfs',
				account: 'nfs.example.com',
				share: '/exports/px',
				mountOptions: '',
				timeout: '5',
			},
		},
	]);
});

test.each(['', 'no JSON', '[]', '{}', '{"uuid":1}', '[['.repeat(9), 'null', `"${uuid}"`])(
	'JSON that tells nothing: %j',
	text => {
		expect(credentialsInJson(text)).toEqual([]);
	},
);

test('JSON tells what the text does not, and where they contradict each other neither counts', () => {
	const text = `S3 Credentials\nUUID REGION ENDPOINT ACCESS KEY SSL ENABLED ENCRYPTION\n${uuid} us-east-1 s3.amazonaws.com AKIACANARYONE true false\n`;
	const json = credentialsInJson(
		JSON.stringify([{ uuid: uuid.toUpperCase(), name, region: 'eu-west-1', use_iam: true }]),
	);
	const merged = withJson(credentialsIn(text), json);
	expect(merged).toMatchObject({ names: true, rows: [{ uuid, traits: { auth: 'iam', ssl: 'yes' } }] });
	expect(merged.rows[0]?.cells).toContain(name);
	expect(merged.rows[0]?.traits).not.toHaveProperty('region');
	expect(withJson(credentialsIn(text), []).names).toBe(false);
});
