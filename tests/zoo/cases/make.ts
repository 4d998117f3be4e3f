import type { ZooCase } from '../judge.ts';

export type Fields = Readonly<Record<string, unknown>>;

export type Parts = Readonly<{
	/** On top of an address with its CA; undefined takes a field away. */
	cluster?: Fields;
	/** In place of a token. */
	user?: Fields;
	context?: Fields;
	top?: Fields;
}>;

export type Around = Partial<Pick<ZooCase, 'files' | 'env' | 'file' | 'context'>>;

export const plainCluster: Fields = {
	server: 'https://127.0.0.1:<PORT>',
	'certificate-authority-data': '<CA_DATA>',
};
export const plainUser: Fields = { token: '<TOKEN>' };

/** JSON is YAML, so this is a file as any other. */
export function kubeconfigOf({ cluster = {}, user = plainUser, context = {}, top = {} }: Parts = {}): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'east',
		clusters: [{ name: 'east', cluster: { ...plainCluster, ...cluster } }],
		users: [{ name: 'east', user }],
		contexts: [{ name: 'east', context: { cluster: 'east', user: 'east', ...context } }],
		...top,
	});
}

export const make = (name: string, parts: Parts, around: Around = {}): ZooCase => ({
	name,
	context: 'east',
	...around,
	text: kubeconfigOf(parts),
});

/** The plain file as people write it, with one line of the YAML replaced. */
export const plainYaml = `apiVersion: v1
kind: Config
current-context: east
clusters:
- name: east
  cluster:
    server: https://127.0.0.1:<PORT>
    certificate-authority-data: <CA_DATA>
contexts:
- name: east
  context:
    cluster: east
    user: east
users:
- name: east
  user:
    token: <TOKEN>
`;

export const makeText = (name: string, text: string | Buffer, around: Around = {}): ZooCase => ({
	name,
	context: 'east',
	...around,
	text,
});

/** Each choice of some of these, none and all included: `a`, `b`, `a+b`. */
export function subsets<T>(
	parts: Readonly<Record<string, T>>,
): readonly Readonly<{ name: string; of: T[] }>[] {
	let made: Readonly<{ name: string; of: T[] }>[] = [{ name: 'none', of: [] }];
	for (const [name, part] of Object.entries(parts)) {
		const withIt = made.map(({ name: before, of }) => ({
			name: of.length === 0 ? name : `${before}+${name}`,
			of: [...of, part],
		}));
		made = [...made, ...withIt];
	}
	return made;
}
