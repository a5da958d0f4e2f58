/** A map that is ready to be moved: its drawing, its size, and how to fly over it. */
import type { ZoomBehavior } from 'd3-zoom';

export interface Stage {
  svg: SVGSVGElement;
  width: number;
  height: number;
  behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  flyTo: (box: DOMRectReadOnly | null) => void;
}
