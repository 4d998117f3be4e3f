import { expect, test } from 'vitest';
import { jsonKeyMistake } from '../../../source/pairing/answers/json-key.ts';
import { checkKeyFiles } from '../../../source/pairing/answers/key-files.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

const good = {
	type: 'service_account',
	project_id: 'my-project',
	private_key: 'canary-private-key',
	client_email: 'px@my-project.example',
};

test.each([
	{ what: 'a whole key', content: good, mistake: undefined },
	{ what: 'a key with more in it', content: { ...good, token_uri: 'https://example' }, mistake: undefined },
	{ what: 'no JSON', content: 'canary', mistake: 'it is not JSON' },
	{ what: 'JSON that ends early', content: '{"type":"service_account"', mistake: 'it is not JSON' },
	{ what: 'a list', content: [good], mistake: 'it is not JSON' },
	{
		what: "a person's own login",
		content: { ...good, type: 'authorized_user' },
		mistake: 'it is not the key of a service account ("type" is not "service_account")',
	},
	{
		what: 'a key without its parts',
		content: { type: 'service_account', project_id: 7, client_email: 'x' },
		mistake: 'it has no project_id, no private_key',
	},
])('$what', ({ content, mistake }) => {
	const text = typeof content === 'string' ? content : JSON.stringify(content);
	expect(jsonKeyMistake(new Secret(text))).toBe(mistake);
});

test('the Problem names the field and repeats nothing of the file', async () => {
	const problem = await problemFrom(() =>
		checkKeyFiles({
			provider: 'google',
			projectId: 'my-project',
			jsonKey: new Secret('{"private_key":"canary"}'),
		}),
	);
	expect(problem).toMatchObject({
		id: 'json-key-invalid',
		kind: 'input',
		evidence:
			'objectStore.jsonKeyFile: it is not the key of a service account ("type" is not "service_account")',
	});
	expect(JSON.stringify(problem)).not.toContain('canary');
});
