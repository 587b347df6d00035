import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../texts/language';
import type { ChartData } from './chart-data';
import { colourIn } from './patterns';
import { keyStep } from './key-step';
import { isPart, plotOptions, type PlotLook } from './plot-options';

interface PlotProps {
  data: ChartData;
  isStacked: boolean;
  group: string;
  height: number;
  /** What is read to those who do not see it. */
  label: string;
  point: (index: number | null) => void;
  zoomed: (is: boolean) => void;
}

/** The drawing of a chart: the heavy part, loaded when there is something to draw. New numbers change it where it stands. */
export function Plot(props: PlotProps): ReactNode {
  const { data, isStacked, group, height, label } = props;
  const { language } = useLanguage();
  const colours = useComputedColorScheme('light');
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const drawn = useRef<UPlot>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const isSeen = width > 0;
  const shape = JSON.stringify([data.unit, data.series.map(({ tone }) => tone)]);
  useEffect(() => {
    if (box === null || !isSeen) return undefined;
    const plot = new UPlot(
      optionsIn(box, latest, { width: box.clientWidth, height, isStacked, group, language }),
      columnsOf(latest.current.data),
      box,
    );
    drawn.current = plot;
    return () => {
      plot.destroy();
      drawn.current = null;
    };
    // `colours` and `shape` are not read but decide what is.
  }, [box, isSeen, shape, height, isStacked, group, language, colours]);
  useEffect(() => {
    if (width > 0) drawn.current?.setSize({ width, height });
  }, [width, height]);
  useEffect(() => {
    if (drawn.current !== null) showData(drawn.current, data);
  }, [data]);
  return (
    <div
      ref={useMergedRef(ref, setBox)}
      dir="ltr"
      className="chart-plot"
      style={{ blockSize: height }}
      role="img"
      aria-label={label}
      tabIndex={0}
      onKeyDown={(event) => {
        if (drawn.current !== null && keyStep(drawn.current, group, event.key)) event.preventDefault();
      }}
      onBlur={() => {
        drawn.current?.setCursor({ left: -10, top: -10 });
      }}
    />
  );
}

function optionsIn(
  box: HTMLElement,
  latest: RefObject<PlotProps>,
  fixed: Pick<PlotLook, 'width' | 'height' | 'isStacked' | 'group' | 'language'>,
): UPlot.Options {
  return plotOptions(() => latest.current.data, {
    ...fixed,
    inks: latest.current.data.series.map(({ tone }) => colourIn(box, `--chart-${tone}`)),
    paper: colourIn(box, '--mantine-color-body'),
    text: colourIn(box, '--mantine-color-dimmed'),
    line: colourIn(box, '--chart-line'),
    point: (index) => {
      latest.current.point(index);
    },
    zoomed: (is) => {
      latest.current.zoomed(is);
    },
  });
}

function columnsOf({ times, series }: ChartData): UPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}

/** Who has zoomed in stays where they are. */
function showData(plot: UPlot, data: ChartData): void {
  const wasPart = isPart(plot, { times: plot.data[0] });
  plot.setData(columnsOf(data), !wasPart);
  if (wasPart) plot.redraw();
}
