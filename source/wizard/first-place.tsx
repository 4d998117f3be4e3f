import type { ReactNode } from 'react';
import { Frame } from '../ui/components/frame.tsx';
import { actOf } from '../ui/keys/bindings.ts';
import { HelpPage } from './help-page.tsx';
import { useHelp } from './hooks/use-help.ts';
import { beginKeys } from './keys/keys.ts';

/** Before the first question. */
export function FirstPlace(props: {
	title: string;
	help: readonly string[];
	isPractice: boolean;
	onLeave: () => void;
	/** The screen, which has its keys first. */
	children: (onHelp: (() => void) | undefined) => ReactNode;
}): ReactNode {
	const { title, help, isPractice, onLeave, children } = props;
	const { isHelping, known, bindings } = useHelp(beginKeys(onLeave), true);
	return (
		<Frame product="pxpair" title={title} isPractice={isPractice} isTall bindings={bindings}>
			{isHelping ? <HelpPage title={title} lines={help} bindings={known} /> : children(actOf(known, '?'))}
		</Frame>
	);
}
