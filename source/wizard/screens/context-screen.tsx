import { Box } from 'ink';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import {
	contextId,
	contextQuestion,
	type contextsFor,
	otherFileLabel,
	takenRemark,
} from '../../conversation/questions/contexts.ts';
import type { ContextRef, ContextSummary, Reach, WizardServices } from '../../conversation/services.ts';
import { defined } from '../../pairing/words/json.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { useArea } from '../../ui/area.ts';
import type { FilterItem } from '../../ui/components/filter-row.tsx';
import { type FilterLeaves, FilterSelect } from '../../ui/components/filter-select.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { SideLabel } from '../../ui/components/side-label.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';

/** All contexts of all kubeconfig files, under a line that narrows them. */
export function ContextScreen(props: {
	side: Side;
	services: WizardServices;
	choice: ReturnType<typeof contextsFor>;
	onSubmit: (context: ContextRef) => void;
	/** There is another kubeconfig file. */
	onFile: () => void;
	onNarrowed: (left: FilterLeaves) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { side, services } = props;
	const { contexts, taken, first, few } = props.choice;
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const { reaches, probe } = useProbes(services, contexts);
	const [refused, setRefused] = useState(false);
	const items = useMemo(
		() => [
			...contexts.map((context): FilterItem => {
				const { name, cluster, server, isCurrent } = context;
				const id = contextId(context);
				return {
					id,
					label: name,
					columns: [cluster, server],
					...(id === taken
						? { state: { text: 'is the source', tone: 'info' } as const }
						: reachState(reaches.get(id), isCurrent)),
					detail: context.kubeconfig ?? server,
				};
			}),
			{ id: otherFile, label: spellSigns(otherFileLabel, glyphs) },
		],
		[contexts, reaches, taken, glyphs],
	);
	const { before, after } = contextQuestion[side];
	// Where all that there is was chosen already, only another file helps.
	const onlyFile = contexts.every(context => contextId(context) === taken) ? otherFile : undefined;
	return (
		<Box flexDirection="column">
			<Prose {...styles.accent}>
				{before}
				<SideLabel side={side} />
				{after}
			</Prose>
			<Box flexDirection="column" marginTop={area.rows < 14 ? 0 : 1}>
				<FilterSelect
					key={side}
					items={items}
					rows={area.rows - (area.rows < 14 ? 2 : 4) - (few === undefined ? 0 : 2)}
					{...defined({ initial: first ?? onlyFile })}
					onVisible={probe}
					onNarrowed={props.onNarrowed}
					onSubmit={id => {
						const context = contexts.find(each => contextId(each) === id);
						if (id === taken) setRefused(true);
						else if (context) props.onSubmit(context);
						else props.onFile();
					}}
					onCancel={props.onBack}
					onHelp={props.onHelp}
				/>
			</Box>
			{few !== undefined && <Prose>{few}</Prose>}
			{refused && <Prose>{takenRemark}, or press Esc to change the source.</Prose>}
		</Box>
	);
}

const otherFile = '\0file';

function reachState(reach: Reach | undefined, isCurrent: boolean): Partial<FilterItem> {
	const current = isCurrent ? 'current, ' : '';
	switch (reach?.kind) {
		case undefined:
		case 'unasked':
			return isCurrent ? { state: { text: 'current', tone: 'info' } } : {};
		case 'reachable':
			return { state: { text: `${current}answers`, tone: 'ok' } };
		case 'unreachable':
			return { state: { text: `${current}${reach.because}`, tone: 'error' } };
	}
}

/** Asks only the servers that are on screen, each once. */
function useProbes(services: WizardServices, contexts: readonly ContextSummary[]) {
	const [reaches, setReaches] = useState<ReadonlyMap<string, Reach>>(new Map());
	const asked = useRef(new Set<string>());
	const probe = useCallback(
		(ids: readonly string[]) => {
			for (const context of contexts) {
				const id = contextId(context);
				if (ids.includes(id) && !asked.current.has(id)) {
					asked.current.add(id);
					services.probe(context).then(reach => setReaches(known => new Map(known).set(id, reach)));
				}
			}
		},
		[services, contexts],
	);
	return { reaches, probe };
}
