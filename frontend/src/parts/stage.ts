/** A map that is ready to be moved: its drawing, its size, and how to fly over it. */
import { select } from 'd3-selection';
import { type ZoomBehavior, zoomTransform } from 'd3-zoom';
import type { Point } from '../rules/map';

export interface Stage {
  svg: SVGSVGElement;
  width: number;
  height: number;
  behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  flyTo: (box: DOMRectReadOnly | null) => void;
}

/** Nearer or farther, at once; what lies at `around` stays where it is seen. */
export function scaleBy({ svg, behaviour }: Stage, by: number, around?: Point): void {
  const k = zoomTransform(svg);
  if (around) select(svg).call(behaviour.scaleBy, by, k.apply(around));
  else select(svg).call(behaviour.scaleBy, by);
}
