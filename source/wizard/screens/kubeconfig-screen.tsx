import { Box } from 'ink';
import { type ReactNode, useState } from 'react';
import { fileQuestion, fileRemark } from '../../conversation/questions/contexts.ts';
import type { ContextSummary, WizardServices } from '../../conversation/services.ts';
import { useArea } from '../../ui/area.ts';
import { PathField } from '../../ui/components/path-field.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { useTheme } from '../../ui/theme.ts';

/** The path of another kubeconfig file, whose contexts are then among those to choose from. */
export function KubeconfigScreen(props: {
	services: WizardServices;
	onContexts: (contexts: readonly ContextSummary[]) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { services } = props;
	const { styles } = useTheme();
	const isRoomy = useArea().rows >= 12;
	const [problem, setProblem] = useState<string>();
	const [busy, setBusy] = useState<string>();
	const submit = async (path: string): Promise<void> => {
		if (path === '') {
			return setProblem('Required: the path of a file');
		}
		setBusy('Reading the file');
		const read = await services.readKubeconfig(path);
		setBusy(undefined);
		if (read.kind === 'contexts') props.onContexts(read.contexts);
		else setProblem(read.text);
	};
	return (
		<Box flexDirection="column" rowGap={isRoomy ? 1 : 0}>
			<Prose {...styles.accent}>{fileQuestion}</Prose>
			{isRoomy && <Prose {...styles.muted}>{fileRemark}</Prose>}
			<PathField
				label="Kubeconfig file:"
				placeholder="such as ~/.kube/other.yaml"
				complete={path => services.completePath(path)}
				{...(problem !== undefined && { problem })}
				{...(busy !== undefined && { busy })}
				onChange={() => setProblem(undefined)}
				onSubmit={submit}
				onCancel={props.onBack}
				onHelp={props.onHelp}
				// A path with one can be pasted.
				isHelpAlways
			/>
		</Box>
	);
}
