import { expect, test } from 'vitest';
import { undecodable } from '../../source/pairing/cluster-pair/undecodable.ts';

const extension = { 'last-update': 'x', provider: 'minikube.sigs.k8s.io' };
const extensions = { cluster_info: extension };
const inConfig = 'its config has extensions that Stork does not know';

test.each<[string, unknown, string | undefined]>([
	['nothing', undefined, undefined],
	['texts', { options: { ip: '10.0.0.2', port: '9001' }, config: { clusters: { a: {} } } }, undefined],
	['an option that is nothing', { options: { mode: null } }, undefined],
	['a number', { options: { ip: '10.0.0.2', port: 9001 } }, 'its option port is not a string'],
	['a truth', { options: { backuplocation: false } }, 'its option backuplocation is not a string'],
	['a mapping', { options: { a: {} } }, 'its option a is not a string'],
	['no extensions', { config: { clusters: { a: { extensions: null } } } }, undefined],
	['extensions without any', { config: { clusters: { a: { extensions: {} } } } }, undefined],
	['of a cluster', { config: { clusters: { a: { extensions } } } }, inConfig],
	['of a context', { config: { contexts: { a: { extensions } } } }, inConfig],
	['of a user', { config: { users: { a: {}, b: { extensions } } } }, inConfig],
	['of the whole', { config: { extensions } }, inConfig],
	['of the preferences', { config: { preferences: { extensions } } }, inConfig],
	['what is no mapping at all', { options: 'x', config: ['y'] }, undefined],
])('%s', (_, spec, because) => {
	expect(undecodable({ metadata: { name: 'a' }, spec } as never)).toBe(because);
});
