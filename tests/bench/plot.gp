# Plots calls and time by the number of copies: `gnuplot -c plot.gp FIGURES PLOT`, from a file with the lines of
# tests/bench/run to an SVG. The colors are readable on a light and on a dark page, and the background is transparent.

set terminal svg size 960,440 dynamic font "sans-serif,13" linewidth 1
set output ARG2

ink = "#7d8590"
set border 3 linecolor rgb ink linewidth 1
set tics nomirror scale 0.6 textcolor rgb ink
set xtics ("1" 1, "10" 10, "100" 100, "1,000" 1000)
set title textcolor rgb ink font ",14"
set xlabel "copies" offset 0,0.4 textcolor rgb ink
set key at graph 0.5,-0.2 center top vertical maxrows 3 Left reverse samplen 2 width -2 textcolor rgb ink
set format y "%g"
set grid ytics linecolor rgb ink linewidth 0.4 dashtype 3
set logscale xy
set xrange [0.9:1200]

# From `apply_100_seconds 12.3 s` to `100 12.3`.
series(command, figure) = sprintf("< sed -n 's/^%s_\\([0-9]*\\)_%s \\([^ ]*\\) .*/\\1 \\2/p' '%s'", \
                                  command, figure, ARG1)

set style line 1 linecolor rgb "#2f81f7" linewidth 2.2 pointtype 7 pointsize 0.5
set style line 2 linecolor rgb "#2da44e" linewidth 2.2 pointtype 7 pointsize 0.5
set style line 3 linecolor rgb "#d29922" linewidth 2.2 pointtype 7 pointsize 0.5
set style line 11 linecolor rgb "#2f81f7" linewidth 1.4 dashtype 2 pointtype 6 pointsize 0.5
set style line 12 linecolor rgb "#2da44e" linewidth 1.4 dashtype 2 pointtype 6 pointsize 0.5
set style line 13 linecolor rgb "#d29922" linewidth 1.4 dashtype 2 pointtype 6 pointsize 0.5
set style line 21 linecolor rgb "#f85149" linewidth 1.4 dashtype 4
set style line 22 linecolor rgb "#bc6fd0" linewidth 1.4 dashtype 4

set multiplot layout 1,2 margins 0.06,0.985,0.33,0.9 spacing 0.07

set title "calls per copy"
set yrange [0.005:20]
plot series("apply", "calls_per_copy") using 1:2 with linespoints linestyle 1 title "apply", \
     series("destroy", "calls_per_copy") using 1:2 with linespoints linestyle 3 title "destroy", \
     series("refresh", "calls_per_copy") using 1:2 with linespoints linestyle 2 title "refresh", \
     1 with lines linestyle 21 title "refresh by alicloud", \
     2 with lines linestyle 22 title "refresh by huaweicloud"

set title "seconds"
set yrange [*:*]
plot series("apply", "seconds") using 1:2 with linespoints linestyle 1 title "apply", \
     series("destroy", "seconds") using 1:2 with linespoints linestyle 3 title "destroy", \
     series("refresh", "seconds") using 1:2 with linespoints linestyle 2 title "refresh", \
     series("apply", "terraform_data_seconds") using 1:2 with linespoints linestyle 11 title "apply of terraform\\_data", \
     series("destroy", "terraform_data_seconds") using 1:2 with linespoints linestyle 13 title "destroy of terraform\\_data", \
     series("refresh", "terraform_data_seconds") using 1:2 with linespoints linestyle 12 title "refresh of terraform\\_data"

unset multiplot
