// Every component in every state, at every width it was designed for. As a program it prints them; colours need a
// terminal, or FORCE_COLOR.
import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Problem } from '../source/pairing/words/problem.ts';
import { Secret } from '../source/pairing/words/secret.ts';
import { Choice } from '../source/ui/components/choice.tsx';
import type { FilterItem } from '../source/ui/components/filter-row.tsx';
import { FilterSelect } from '../source/ui/components/filter-select.tsx';
import { Footer } from '../source/ui/components/footer.tsx';
import { Frame } from '../source/ui/components/frame.tsx';
import { Note } from '../source/ui/components/note.tsx';
import { Panel } from '../source/ui/components/panel.tsx';
import { PathField } from '../source/ui/components/path-field.tsx';
import { ProblemPanel } from '../source/ui/components/problem-panel.tsx';
import { PairLine, SideLabel } from '../source/ui/components/side-label.tsx';
import { Spinner } from '../source/ui/components/spinner.tsx';
import { TextField } from '../source/ui/components/text-field.tsx';
import type { Binding } from '../source/ui/keys/bindings.ts';
import { themeFor } from '../source/ui/theme.ts';
import { screenExhibits } from './gallery-screens.tsx';
import { problemOf } from './helpers/problem.ts';
import { show } from './helpers/program/frame.tsx';

export type GalleryPicture = { name: string; look: GalleryLook; frame: string };
export type GalleryLook = { columns: number; rows: number; color: boolean; unicode: boolean };

export type Exhibit = { name: string; tree: ReactNode; keys?: string; paste?: string; rows?: number };

const sizes = [
	[40, 12],
	[80, 24],
	[120, 40],
	[200, 60],
] as const;

export const looks: GalleryLook[] = sizes.flatMap(([columns, rows]) =>
	[true, false].flatMap(color => [true, false].map(unicode => ({ columns, rows, color, unicode }))),
);

export async function renderGallery(
	look: GalleryLook,
	exhibits: readonly Exhibit[] = [...allExhibits, ...screenExhibits],
): Promise<GalleryPicture[]> {
	const env = {
		TERM: 'xterm-256color',
		LANG: look.unicode ? 'C.UTF-8' : 'C',
		...(look.color ? {} : { NO_COLOR: '1' }),
	};
	const theme = themeFor({ env, platform: 'linux', motion: false });
	const pictures: GalleryPicture[] = [];
	for (const { name, tree, keys, paste, rows = look.rows } of exhibits) {
		const shown = await show(tree, { columns: look.columns, rows, theme });
		if (keys !== undefined) await shown.type(keys);
		if (paste !== undefined) await shown.paste(paste);
		pictures.push({ name, look, frame: shown.frame() });
		shown.unmount();
	}
	return pictures;
}

const nothing = (): void => {};

const contexts: FilterItem[] = [
	{
		id: 'a',
		label: 'arn:aws:eks:us-east-1:123456789012:cluster/prod',
		columns: ['prod', 'https://ABCDEF0123456789.gr7.us-east-1.eks.amazonaws.com'],
		state: { text: 'reachable', tone: 'ok' },
	},
	{
		id: 'b',
		label: 'dr-west',
		columns: ['dr-west', 'https://10.0.0.2:6443'],
		state: { text: 'asking', tone: 'info' },
	},
	{
		id: 'c',
		label: 'staging',
		columns: ['staging', 'https://10.0.0.3:6443'],
		state: { text: 'connection refused', tone: 'error' },
		detail: 'https://10.0.0.3:6443 refused the connection. Is the VPN up?',
	},
	{
		id: 'd',
		label: '東京',
		columns: ['東京', 'https://10.0.0.4:6443'],
		state: { text: 'slow', tone: 'warning' },
	},
];

const providers = [
	{ id: 's3', label: 'S3', description: 'Amazon S3, or a store that speaks its protocol, such as MinIO.' },
	{ id: 'azure', label: 'Azure', description: 'Blob storage in a storage account.' },
	{ id: 'google', label: 'Google', description: 'Cloud Storage, by the key of a service account.' },
];

const bindings: Binding[] = [
	{ key: '↑↓', does: 'move' },
	{ key: '⏎', does: 'choose' },
	{ key: 'Esc', does: 'back' },
	{ key: '?', does: 'help' },
	{ key: 'Ctrl-C', does: 'quit' },
];

const problem: Problem = problemOf({
	id: 'connection-refused',
	kind: 'cluster',
	title: "Can't reach the cluster",
	side: 'destination',
	evidence: 'https://10.0.0.3:6443 connection refused',
	remedies: ['Start the VPN.', 'Look at the address in your kubeconfig: it may be an old one.'],
	docs: 'https://docs.portworx.com/portworx-enterprise/operations/migration/kubemotion',
});

const secret = new Secret('not-a-real-secret-MPLE');
const names = { source: 'arn:aws:eks:us-east-1:123456789012:cluster/prod', destination: 'dr-west' };

const allExhibits: Exhibit[] = [
	{
		name: 'text field, empty',
		tree: <TextField label="Region:" placeholder="for example us-east-1" onSubmit={nothing} />,
	},
	{ name: 'text field, filled', tree: <TextField label="Region:" initial="us-east-1" onSubmit={nothing} /> },
	{
		name: 'text field, cursor inside a long text',
		tree: <TextField label="Endpoint:" initial={'s3.us-east-1.example.com/'.repeat(6)} onSubmit={nothing} />,
		keys: '\u001B[1;5D\u001B[1;5D\u001B[1;5D',
	},
	{
		name: 'text field, wide characters',
		tree: <TextField label="Name:" initial="東京🗼クラスター" onSubmit={nothing} />,
	},
	{
		name: 'text field, problem',
		tree: (
			<TextField
				label="Name:"
				initial="Prod"
				problem="Lower-case letters, digits and dashes only."
				onSubmit={nothing}
			/>
		),
	},
	{
		name: 'text field, paste trimmed',
		tree: <TextField label="Key ID:" onSubmit={nothing} />,
		paste: 'AKIDEXAMPLE\n',
	},
	{
		name: 'text field, paste refused',
		tree: <TextField label="Key ID:" onSubmit={nothing} />,
		paste: 'one\ntwo\n',
	},
	{
		name: 'text field, busy',
		tree: <TextField label="File:" initial="key.json" busy="Reading the file..." onSubmit={nothing} />,
	},
	{
		name: 'secret field, empty',
		tree: <TextField label="Secret key:" isMasked placeholder="paste it here" onSubmit={nothing} />,
	},
	{
		name: 'secret field, filled',
		tree: <TextField label="Secret key:" isMasked initial={secret} onSubmit={nothing} />,
	},
	{
		name: 'secret field, with its hint',
		tree: <TextField label="Secret key:" isMasked initial={secret} onSubmit={nothing} />,
		keys: '\u0012',
	},
	{
		name: 'path field, candidates',
		tree: (
			<PathField
				label="Key file:"
				initial="/home/ann/"
				complete={value => ['key.json', 'keys/', 'notes.txt'].map(file => value + file)}
				limit={2}
				onSubmit={nothing}
			/>
		),
	},
	{ name: 'filter, all', tree: <FilterSelect items={contexts} onSubmit={nothing} /> },
	{
		name: 'filter, a row with a detail',
		tree: <FilterSelect items={contexts} initial="c" onSubmit={nothing} />,
	},
	{ name: 'filter, some match', tree: <FilterSelect items={contexts} onSubmit={nothing} />, keys: 'west' },
	{
		name: 'filter, none matches',
		tree: <FilterSelect items={contexts} onSubmit={nothing} />,
		keys: 'nowhere',
	},
	{ name: 'filter, nothing there', tree: <FilterSelect items={[]} onSubmit={nothing} /> },
	{
		name: 'filter, 2,000 rows',
		tree: (
			<FilterSelect
				items={Array.from({ length: 2000 }, (_, index) => ({ id: `${index}`, label: `context-${index}` }))}
				initial="999"
				rows={8}
				onSubmit={nothing}
			/>
		),
	},
	{ name: 'choice, described', tree: <Choice items={providers} initial="azure" onSubmit={nothing} /> },
	{ name: 'choice, few rows', tree: <Choice items={providers} rows={3} onSubmit={nothing} /> },
	{
		name: 'sides',
		tree: (
			<Text>
				<SideLabel side="source" /> <SideLabel side="destination" />
			</Text>
		),
	},
	{ name: 'pair, both', tree: <PairLine names={names} /> },
	{ name: 'pair, one still open', tree: <PairLine names={{ source: 'prod' }} /> },
	{ name: 'problem, whole', tree: <ProblemPanel problem={problem} words={() => undefined} /> },
	{
		name: 'problem, least',
		tree: (
			<ProblemPanel
				words={() => undefined}
				problem={problemOf({
					id: 'pair-differs',
					kind: 'input',
					title: 'The name is taken',
					remedies: ['Take another.'],
				})}
			/>
		),
	},
	...(['info', 'ok', 'warning', 'error'] as const).map(tone => ({
		name: `note, ${tone}`,
		tree: <Note tone={tone}>Portworx 3.2.1 in the namespace portworx</Note>,
	})),
	{
		name: 'panel, of a side',
		tree: (
			<Panel title="destination" meaning="destination">
				<Text>Portworx 3.2.1</Text>
			</Panel>
		),
	},
	{ name: 'panel, plain', tree: <Panel title="What this changes" /> },
	{ name: 'spinner', tree: <Spinner label="Creating the namespace..." /> },
	{ name: 'footer', tree: <Footer bindings={bindings} /> },
	{
		name: 'frame, practice',
		rows: 12,
		tree: (
			<Frame product="pxpair" title="Clusters" progress="1 of 7" isPractice bindings={bindings} isTall>
				<Text>Where do your applications run now?</Text>
			</Frame>
		),
	},
	{
		name: 'frame, too much for its window',
		rows: 12,
		tree: (
			<Frame product="pxpair" title="Review" bindings={bindings}>
				<Text>{Array.from({ length: 30 }, (_, index) => `step ${index + 1}`).join('\n')}</Text>
			</Frame>
		),
	},
];

if (import.meta.main) {
	for (const look of looks) {
		for (const { name, frame } of await renderGallery(look)) {
			const words = [
				look.columns,
				look.color ? 'colour' : 'no colour',
				look.unicode ? 'Unicode' : 'ASCII',
			].join(', ');
			console.log(`\n--- ${name} (${words})\n${frame}`);
		}
	}
}
