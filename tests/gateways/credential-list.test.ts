import { expect, test } from 'vitest';
import { credentialsInJson } from '../../source/gateways/pods/credential-json.ts';
import { credentialsIn, withJson } from '../../source/gateways/pods/credential-list.ts';

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
