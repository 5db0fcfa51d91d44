FROM tiny:1
RUN head -c 3000000 /dev/urandom > /compiler
COPY words.txt /src/
RUN tr a-z A-Z < /src/words.txt > /result
CMD ["cat", "/result"]
