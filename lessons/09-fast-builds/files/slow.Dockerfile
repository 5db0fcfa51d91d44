FROM tiny:1
COPY . /app
RUN sh /app/install.sh
CMD ["sh", "/app/app.sh"]
